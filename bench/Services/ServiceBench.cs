using Exporter.Admin.V1;
using Exporter.Bench.Runs;
using Exporter.Bench.Server;
using Exporter.TestKit.Processes;
using Exporter.TestKit.Servers;
using Npgsql;

namespace Exporter.Bench.Services;

/// <summary>Real servers and the Release builds of the services, each a process of its own, on free loopback ports and temporary folders.</summary>
internal sealed class ServiceBench : IAsyncDisposable
{
    private const string Exporter = "services/S3Export";
    private const string Database = "exporter";
    private const string Secret = "bench";
    private const int Concurrency = 8;
    private readonly Stack<IAsyncDisposable> owned = new();
    private ServiceFleet fleet = null!;
    private int exporters = 1;

    private ServiceBench()
    {
    }

    public PostgresServer Postgres { get; private set; } = null!;

    public RabbitMqServer RabbitMq { get; private set; } = null!;

    public ObjectSink Sink { get; private set; } = null!;

    public NpgsqlDataSource Source { get; private set; } = null!;

    public AdminClient Admin { get; private set; } = null!;

    public SystemPart PostgresPart { get; private set; } = null!;

    public IReadOnlyList<SystemPart> Parts { get; private set; } = [];

    public string Grpc => fleet.Ingests[0].Addresses.Grpc.ToString();

    /// <summary>Starts the servers, and nothing on them yet.</summary>
    public static async Task<ServiceBench> StartAsync()
    {
        var bench = new ServiceBench();
        try
        {
            bench.Postgres = bench.Own(await PostgresServer.StartOwnAsync());
            bench.RabbitMq = bench.Own(await RabbitMqServer.StartOwnAsync());
            bench.Sink = bench.Own(await ObjectSink.StartAsync());
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts Migrations, Ingest, Router and one S3Export on an empty database, with one export to the double.</summary>
    public async Task StartServicesAsync(RunOptions options)
    {
        var redis = Own(await RedisServer.StartOwnAsync());
        var folder = Directory.CreateTempSubdirectory("exporter-bench-").FullName;
        owned.Push(new Folder(folder));
        var database = await Postgres.CreateDatabaseAsync(Database);
        var servers = new FleetServers { Postgres = database, RabbitMq = RabbitMq.ConnectionString, Redis = redis.ConnectionString };
        fleet = Own(await ServiceFleet.StartAsync(servers, folder, new Dictionary<string, string>
        {
            ["Exporter__AllowedHosts__0"] = "127.0.0.1",
            [$"EXPORTER_SECRET_{Secret.ToUpperInvariant()}"] = "access\nsecret",
        }));
        Source = Own(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { ApplicationName = "bench", MaxPoolSize = 1 }));
        Admin = new(fleet.Routers[0].Addresses.Admin.ToString(), fleet.TokenFile, "bench");
        await Admin.CreateBucketExportAsync($"s3://{ObjectSink.Bucket}/{{source}}/{{api_key}}/{{year}}/{{month}}/{{day}}", new()
        {
            Endpoint = Sink.Address,
            Region = "us-east-1",
            UsePathStyle = true,
            CredentialsSecret = Secret,
        }, Concurrency);
        await Admin.SetBatchAsync(options.Batch, TimeSpan.FromSeconds(5), options.Level);
        PostgresPart = new("PostgreSQL", () => [Postgres.ProcessId], hasChildren: true);
        Parts =
        [
            new("Ingest", () => IdsOf("services/Ingest")),
            new("Router", () => IdsOf("services/Router")),
            new("S3Export", () => IdsOf(Exporter)),
            PostgresPart,
            new("RabbitMQ", () => [RabbitMq.ProcessId], hasChildren: true),
            new("Redis", () => [redis.ProcessId]),
            new("the double", () => [Sink.ProcessId]),
            new("the load", () => [Environment.ProcessId]),
        ];
    }

    public async Task AddExportersAsync(int upTo)
    {
        for (; exporters < upTo; exporters++)
            await fleet.StartOneAsync(Exporter);
    }

    /// <summary>Ends the run when a service ended.</summary>
    public void ThrowIfAmiss()
    {
        if (fleet.Running.Count < exporters + 2)
            throw new InvalidOperationException($"A service ended: {string.Join(' ', fleet.Output.TakeLast(20))}");
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        while (owned.TryPop(out var each))
            await each.DisposeAsync();
    }

    private IEnumerable<int> IdsOf(string project) => fleet.RunningOf(project).Select(process => process.Id);

    private T Own<T>(T part)
        where T : IAsyncDisposable
    {
        owned.Push(part);
        return part;
    }

    private sealed class Folder(string path) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Directory.Delete(path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
