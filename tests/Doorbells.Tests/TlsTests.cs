using Exporter.Doorbells.Hosting;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class TlsTests : IAsyncLifetime
{
    private readonly BrokerAuthority authority = new("broker.example");
    private readonly int port = FreePort.Next();
    private RabbitMqServer server = null!;

    private string ConnectionString => $"amqps://{RabbitMqServer.User}:{RabbitMqServer.Password}@127.0.0.1:{port}";

    public async ValueTask InitializeAsync() => server = await RabbitMqServer.StartOwnAsync(
        $"listeners.ssl.1 = 127.0.0.1:{port}",
        $"ssl_options.cacertfile = {authority.AuthorityFile}",
        $"ssl_options.certfile = {authority.CertificateFile}",
        $"ssl_options.keyfile = {authority.KeyFile}");

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        authority.Dispose();
    }

    [Fact]
    public async Task Doorbells_ring_over_tls_when_authority_and_name_are_right()
    {
        await using var host = await StartAsync(authority.AuthorityFile, "broker.example");
        await host.WaitForHealthAsync(HealthStatus.Healthy);
        host.Doorbell.ReportsAccepted(1);
        await DoorbellHost.WokenAsync(host.Routing);
    }

    [Fact]
    public async Task A_broker_that_cannot_prove_who_it_is_gets_no_password()
    {
        using var other = new BrokerAuthority("broker.example");
        await using var wrongAuthority = await StartAsync(other.AuthorityFile, "broker.example");
        await using var wrongName = await StartAsync(authority.AuthorityFile, "another.example");
        await using var machine = await StartAsync(null, "broker.example");
        foreach (var host in new[] { wrongAuthority, wrongName, machine })
        {
            await host.WaitForEventAsync("BusLost");
            (await host.HealthAsync()).ShouldBe(HealthStatus.Unhealthy);
        }

        (await server.ControlAsync("list_connections", "pid")).ShouldBeEmpty();
    }

    private Task<DoorbellHost> StartAsync(string? authorityFile, string name)
    {
        List<(string, string)> settings = [("Doorbells:TlsServerName", name)];
        if (authorityFile is not null)
            settings.Add(("Doorbells:TlsAuthorityFile", authorityFile));
        return DoorbellHost.StartAsync(ConnectionString, [DoorbellQueue.RouteReports], [.. settings]);
    }
}
