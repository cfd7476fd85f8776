using Exporter.Standalone.Boxes;
using Exporter.TestKit.Servers;

[assembly: AssemblyFixture(typeof(Broker))]
[assembly: AssemblyFixture(typeof(StoreDatabases.Owner))]

namespace Exporter.Standalone.Boxes;

/// <summary>One RabbitMQ for the assembly, started by the first test that wants it.</summary>
public sealed class Broker : IAsyncDisposable
{
    private static readonly Lock Gate = new();
    private static Task<RabbitMqServer>? shared;

    public static Task<RabbitMqServer> SharedAsync()
    {
        lock (Gate)
            return shared ??= RabbitMqServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (shared is not null)
            await (await shared).DisposeAsync();
    }
}
