using Exporter.Ingest.Limits.Redis;
using Exporter.TestKit.Servers;

namespace Exporter.Ingest.Limits;

/// <summary>One Redis for the tests of a class.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    public RedisServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

internal static class RedisSharing
{
    /// <summary>Has a host share its limits by this server.</summary>
    public static void Share(this RedisServer server, IngestHost host)
    {
        host.Settings["ConnectionStrings:redis"] = server.ConnectionString;
        host.Compose = builder => builder.AddSharedLimits("redis");
    }
}
