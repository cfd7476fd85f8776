using System.Collections.Concurrent;
using Exporter.Admin.V1;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Clients;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Fleet.Seats;
using Exporter.Oracle.Fleet.Servers;
using Exporter.Oracle.Submissions;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Processes;
using Exporter.TestKit.Servers;
using Npgsql;

namespace Exporter.Oracle.Fleet;

/// <summary>A database of its own, the services on it, what was handed in there and where it goes.</summary>
internal sealed class FleetHome : IHome, IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>Longer than Standalone's: an object costs more in a bucket than in a folder.</summary>
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Delivery__Sweep"] = "00:00:00.5",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["Delivery__LongestBackOff"] = "00:00:02",
        ["Delivery__LongestPause"] = "00:00:00.5",
        ["Delivery__Lease"] = Lease.ToString("c"),
        ["Store__RetryFor"] = "00:00:02",
        ["Store__StartTimeout"] = "00:03:00",
        ["Exporter__AllowedHosts__0"] = "127.0.0.1",
        ["AWS_ACCESS_KEY_ID"] = CephCluster.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = CephCluster.SecretKey,
        ["DOTNET_TieredPGO"] = "0",
    };

    private readonly FleetServers servers;
    private readonly Dictionary<string, string> settings;
    private readonly Dictionary<ExportPlan, IDestination> destinations;

    private FleetHome(FleetServers servers, string folder, Dictionary<ExportPlan, IDestination> destinations, RequestSupply supply, Journal journal)
    {
        (this.servers, Folder, this.destinations, Supply, Journal) = (servers, folder, destinations, supply, journal);
        settings = ServiceFleet.SettingsOf(servers, folder, Quick);
    }

    public string Folder { get; }

    public Journal Journal { get; }

    public RequestSupply Supply { get; }

    public LifeBoard Board { get; } = new();

    public IReadOnlyList<Seat> Seats { get; private set; } = [];

    /// <summary>What was wrong with processes.</summary>
    public ConcurrentQueue<Finding> Findings { get; } = new();

    /// <summary>Everything that any process said.</summary>
    public IEnumerable<string> Said => Seats.SelectMany(seat => seat.Said);

    private string TokenFile => ServiceFleet.TokenFileIn(Folder);

    /// <summary>Migrates a new database, starts so many instances of each service, and makes exports and API keys.</summary>
    public static async Task<FleetHome> StartAsync(ServerRoom room, string parent, int number, int instances, long seed, TimeProvider clock, CancellationToken cancel)
    {
        var name = $"store_{number}";
        var folder = Directory.CreateDirectory(Path.Combine(parent, name)).FullName;
        var journal = new Journal();
        var home = new FleetHome(await room.ShareAsync(name), folder, Destinations(room, folder, name), new(seed, journal, clock), journal);
        try
        {
            await home.StartAsync(instances, cancel);
            return home;
        }
        catch
        {
            await home.DisposeAsync();
            throw;
        }
    }

    public IDestination? DestinationOf(ExportPlan export) => destinations.GetValueOrDefault(export);

    public IEnumerable<Seat> SeatsOf(Service service) => Seats.Where(seat => seat.Service == service);

    /// <summary>AdminService of a Router that listens.</summary>
    public async Task<AdminDoor> OpenAdminAsync(CancellationToken cancel)
    {
        var router = await SeatsOf(Service.Router).First().ListeningAsync(cancel);
        return AdminDoor.At(router.Process.Addresses.Admin, TokenFile);
    }

    public IReadOnlyList<ExportPlan> Exports => ExportPlan.All;

    public async Task<StoreRows> CountRowsAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(servers.Postgres) { Pooling = false }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select (select count(*) from exporter.block), (select count(*) from exporter.membership)", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return new(row.GetInt64(0), row.GetInt64(1));
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Seats.Select(seat => seat.DisposeAsync().AsTask()));
        await servers.DisposeAsync();
    }

    /// <summary>Most go to S3, one to files.</summary>
    private static Dictionary<ExportPlan, IDestination> Destinations(ServerRoom room, string folder, string prefix) => ExportPlan.All
        .Where(export => export.HasObjects)
        .ToDictionary<ExportPlan, ExportPlan, IDestination>(
            export => export,
            export => export.Name == "without-key"
                ? new FolderDestination(export, Path.Combine(folder, "out", export.Name))
                : new BucketDestination(export, room.S3, ServerRoom.Bucket, prefix));

    private async Task StartAsync(int instances, CancellationToken cancel)
    {
        await ServiceFleet.MigrateAsync(settings);
        await ServiceFleet.MakeTokenAsync(Folder);
        Seats =
        [
            .. from service in Service.All
               from _ in Enumerable.Range(0, instances)
               select new Seat(service, settings, Board, Findings),
        ];
        foreach (var seat in Seats)
            seat.Start();
        await Task.WhenAll(Seats.Select(seat => seat.ListeningAsync(cancel)));

        using var door = await OpenAdminAsync(cancel);
        await SetUp.MakeAsync(door, this, MaxDelay, cancel);
    }
}
