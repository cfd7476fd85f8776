using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Exporter.Admin.V1;
using Exporter.TestKit.Processes;
using Exporter.TestKit.Servers;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Standalone.Boxes;

/// <summary>A fleet on servers of its own, which a test may stop, and clients that note what was acknowledged to them.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const string Export = "all";
    private const int AtATime = 4;

    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Delivery__Sweep"] = "00:00:00.5",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["Delivery__LongestPause"] = "00:00:00.5",
        ["Delivery__Lease"] = "00:00:05",
        ["Store__RetryFor"] = "00:00:02",
        ["DOTNET_TieredPGO"] = "0",
    };

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly ConcurrentBag<int> acknowledged = [];
    private readonly ConcurrentBag<int> unanswered = [];
    private readonly string folder = Directory.CreateTempSubdirectory("fleet-tests-").FullName;
    private RedisServer redis = null!;
    private int last;

    public PostgresServer Database { get; private set; } = null!;

    public RabbitMqServer Broker { get; private set; } = null!;

    public ServiceFleet Fleet { get; private set; } = null!;

    public static async Task<Crowd> StartAsync(int instances = 1)
    {
        var crowd = new Crowd();
        try
        {
            await crowd.StartAllAsync(instances);
            return crowd;
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }
    }

    /// <summary>The running instances of a service.</summary>
    public IReadOnlyList<ServiceProcess> AllOf(string service) => [.. Fleet.RunningOf(service)];

    public ServiceProcess FirstOf(string service) => AllOf(service)[0];

    /// <summary>Submits so many reports, each alone, at any running Ingest; how many were acknowledged.</summary>
    public async Task<int> SubmitAsync(int count)
    {
        var before = acknowledged.Count;
        var left = count;
        await Task.WhenAll(Enumerable.Range(0, AtATime).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await SubmitOneAsync(Interlocked.Increment(ref last));
        }));
        return acknowledged.Count - before;
    }

    /// <summary>Submits without pause while something happens, and so many more after it.</summary>
    public async Task SubmitWhileAsync(int after, Func<Task> happening)
    {
        var happens = happening();
        while (!happens.IsCompleted)
            await SubmitAsync(AtATime);
        await happens;
        await SubmitAsync(after);
    }

    /// <summary>Everything that was acknowledged comes out once; what was not answered may, once.</summary>
    public Task ShouldDeliverAllOnceAsync() => Eventually.Of(() =>
    {
        var delivered = new ObjectFolder(Path.Combine(folder, "out")).Numbers();
        delivered.ShouldBeUnique();
        acknowledged.Except(delivered).ShouldBeEmpty();
        delivered.Except(acknowledged).Except(unanswered).ShouldBeEmpty();
    });

    public Task ShouldBeHealthyAsync() => HealthShouldBeAsync(HttpStatusCode.OK);

    public Task ShouldBeUnhealthyAsync() => HealthShouldBeAsync(HttpStatusCode.ServiceUnavailable);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        foreach (var part in new IAsyncDisposable?[] { Fleet, redis, Broker, Database })
        {
            if (part is not null)
                await part.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAllAsync(int instances)
    {
        Database = await PostgresServer.StartOwnAsync();
        Broker = await RabbitMqServer.StartOwnAsync();
        redis = await RedisServer.StartOwnAsync();
        await using var servers = new FleetServers
        {
            Postgres = await Database.CreateDatabaseAsync("fleet"),
            RabbitMq = Broker.ConnectionString,
            Redis = redis.ConnectionString,
        };
        Fleet = await ServiceFleet.StartAsync(servers, folder, Quick, instances);
        using var admin = AdminDoor.At(Fleet.Routers[0].Addresses.Admin, Fleet.TokenFile);
        await admin.Client.CreateExportAsync(new()
        {
            Export = new()
            {
                Name = Export,
                Kind = ExportKind.S3,
                Enabled = true,
                Settings = new()
                {
                    Url = $"file://{folder}/out/{{source}}/{{api_key}}",
                    BatchReports = 20,
                    MaxDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(200)),
                    Concurrency = 2,
                },
            },
        });
    }

    private async Task SubmitOneAsync(int number)
    {
        var doors = AllOf("services/Ingest");
        var door = doors[number % doors.Count].Addresses.Http;
        using var body = new StringContent(SmallReport.Document(number), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        try
        {
            using var answer = await http.PostAsync(new Uri(door, "/v2/geosubmit"), body, Test.Cancel);
            (answer.IsSuccessStatusCode ? acknowledged : unanswered).Add(number);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !Test.Cancel.IsCancellationRequested))
        {
            unanswered.Add(number);
        }
    }

    private Task HealthShouldBeAsync(HttpStatusCode status) => Eventually.AsyncOf(async () =>
    {
        foreach (var service in Fleet.Running)
        {
            using var answer = await http.GetAsync(new Uri(service.Addresses.Http, "/health"), Test.Cancel);
            answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Test.Cancel));
        }
    });
}
