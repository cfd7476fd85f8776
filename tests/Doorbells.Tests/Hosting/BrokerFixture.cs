using Exporter.Doorbells.Hosting;
using Exporter.TestKit.Servers;
using RabbitMQ.Client;

[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace Exporter.Doorbells.Hosting;

/// <summary>The broker that the tests share, and raw ways to it; those who use it stand in collection <see cref="Name"/>, one after the other.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public const string Name = "broker";
    private RabbitMqServer? server;

    public string ConnectionString => server!.ConnectionString;

    public async ValueTask InitializeAsync() => server = await RabbitMqServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    public async Task<IConnection> ConnectAsync() => await new ConnectionFactory { Uri = new Uri(ConnectionString) }.CreateConnectionAsync();
}
