using Amazon.Runtime;
using Amazon.S3;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Servers;

namespace Exporter.Oracle.Fleet.Servers;

/// <summary>Real servers of this run's own, in temporary folders and on free loopback ports.</summary>
internal sealed class ServerRoom : IAsyncDisposable
{
    public const string Bucket = "oracle";

    private PostgresServer postgres = null!;
    private RabbitMqServer rabbit = null!;
    private RedisServer redis = null!;
    private CephCluster ceph = null!;

    private ServerRoom()
    {
    }

    public IReadOnlyList<Server> All { get; private set; } = [];

    public AmazonS3Client S3 { get; private set; } = null!;

    /// <summary>Starts all of them.</summary>
    /// <param name="random">Whether PostgreSQL is stopped or killed.</param>
    public static async Task<ServerRoom> StartAsync(Random random)
    {
        var room = new ServerRoom();
        try
        {
            await room.StartAllAsync(random);
            return room;
        }
        catch
        {
            await room.DisposeAsync();
            throw;
        }
    }

    /// <summary>A database and a virtual host for one store alone.</summary>
    public async Task<FleetServers> ShareAsync(string name) => new()
    {
        Postgres = await postgres.CreateDatabaseAsync(name),
        RabbitMq = await rabbit.CreateVirtualHostAsync(name),
        Redis = redis.ConnectionString,
    };

    public async ValueTask DisposeAsync()
    {
        S3?.Dispose();
        foreach (var server in new IAsyncDisposable?[] { ceph, redis, rabbit, postgres })
        {
            if (server is not null)
                await server.DisposeAsync();
        }
    }

    private async Task StartAllAsync(Random random)
    {
        postgres = await PostgresServer.StartOwnAsync("max_connections=400");
        rabbit = await RabbitMqServer.StartOwnAsync();
        redis = await RedisServer.StartOwnAsync();
        ceph = await CephCluster.StartAsync();
        S3 = new(
            new BasicAWSCredentials(CephCluster.AccessKey, CephCluster.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = ceph.Endpoint,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            });
        await S3.PutBucketAsync(Bucket);

        // RabbitMQ is stopped, never killed: on a single node a killed 3.10 may leave a young quorum queue without a leader.
        All =
        [
            new("PostgreSQL", () => random.Next(2) == 0 ? postgres.StopAsync() : postgres.KillAsync(), postgres.StartProcessAsync),
            new("RabbitMQ", rabbit.StopNodeAsync, rabbit.StartNodeAsync),
            new("Redis", redis.StopAsync, redis.StartProcessAsync),
            new("S3", ceph.StopGatewayAsync, ceph.StartGatewayAsync),
        ];
    }
}
