namespace Exporter.TestKit.Servers;

/// <summary>What services need: an empty database, a virtual host and a Redis, each for one fleet alone.</summary>
public sealed class FleetServers : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> owned = [];

    /// <summary>PostgreSQL, as Npgsql takes it.</summary>
    public required string Postgres { get; init; }

    /// <summary>RabbitMQ, as <c>amqp://</c>.</summary>
    public required string RabbitMq { get; init; }

    /// <summary>Redis, as StackExchange.Redis takes it.</summary>
    public required string Redis { get; init; }

    /// <summary>A share of an assembly's broker and database server, with a Redis of its own.</summary>
    /// <param name="broker">The assembly's broker.</param>
    public static async Task<FleetServers> ShareAsync(RabbitMqServer broker)
    {
        var databases = await StoreDatabases.SharedAsync();
        var redis = await RedisServer.StartAsync();
        var servers = new FleetServers
        {
            Postgres = await databases.CreateEmptyAsync(),
            RabbitMq = await broker.CreateVirtualHostAsync($"fleet-{Guid.NewGuid():n}"),
            Redis = redis.ConnectionString,
        };
        servers.owned.Add(redis);
        return servers;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var each in owned)
            await each.DisposeAsync();
    }
}
