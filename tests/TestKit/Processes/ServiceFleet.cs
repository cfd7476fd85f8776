using Exporter.TestKit.Servers;

namespace Exporter.TestKit.Processes;

/// <summary>The services as processes of their own on real servers: PostgreSQL, RabbitMQ, Redis, and a folder for files.</summary>
public sealed class ServiceFleet : IAsyncDisposable
{
    private const string AnyPort = "0";
    private static readonly string[] Services = ["services/Ingest", "services/Router", "services/S3Export", "services/GeosubmitExport"];
    private readonly Dictionary<string, string> settings;
    private readonly List<(string Project, ServiceProcess Process)> processes = [];

    private readonly int instances;

    private ServiceFleet(string folder, Dictionary<string, string> settings, int instances) =>
        (Folder, this.settings, this.instances) = (folder, settings, instances);

    /// <summary>Holds the admin token, secrets, and what is written to files.</summary>
    public string Folder { get; }

    /// <summary>The file with the admin token.</summary>
    public string TokenFile => TokenFileIn(Folder);

    /// <summary>The running instances of Ingest.</summary>
    public IReadOnlyList<ServiceProcess> Ingests => RunningOf("services/Ingest");

    /// <summary>The running instances of Router.</summary>
    public IReadOnlyList<ServiceProcess> Routers => RunningOf("services/Router");

    /// <summary>All running instances.</summary>
    public IReadOnlyList<ServiceProcess> Running => [.. Snapshot().Select(each => each.Process).Where(process => !process.Ended.IsCompleted)];

    /// <summary>What all of them said on standard output beside their announcements.</summary>
    public IReadOnlyCollection<string> Output => [.. Snapshot().SelectMany(each => each.Process.Output)];

    /// <summary>Migrates the database and starts so many instances of each service.</summary>
    /// <param name="servers">What they work on.</param>
    /// <param name="folder">Where files are.</param>
    /// <param name="more">Environment variables of all services.</param>
    /// <param name="instances">Of each service.</param>
    public static async Task<ServiceFleet> StartAsync(
        FleetServers servers, string folder, IReadOnlyDictionary<string, string>? more = null, int instances = 1)
    {
        var fleet = new ServiceFleet(folder, SettingsOf(servers, folder, more), instances);
        try
        {
            await MakeTokenAsync(folder);
            await MigrateAsync(fleet.settings);
            await fleet.StartServicesAsync();
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Environment variables of every service of a fleet.</summary>
    /// <param name="servers">What they work on.</param>
    /// <param name="folder">Where files are.</param>
    /// <param name="more">Further variables.</param>
    public static Dictionary<string, string> SettingsOf(FleetServers servers, string folder, IReadOnlyDictionary<string, string>? more = null) =>
        new(more ?? new Dictionary<string, string>())
        {
            ["ConnectionStrings__postgres"] = servers.Postgres,
            ["ConnectionStrings__rabbitmq"] = servers.RabbitMq,
            ["ConnectionStrings__redis"] = servers.Redis,
            ["Exporter__HttpPort"] = AnyPort,
            ["Exporter__GrpcPort"] = AnyPort,
            ["Exporter__AdminPort"] = AnyPort,
            ["Exporter__AdminTokenFile"] = TokenFileIn(folder),
            ["Exporter__FileRoots__0"] = folder,
        };

    /// <summary>Where the admin token of a fleet on a folder is.</summary>
    public static string TokenFileIn(string folder) => Path.Combine(folder, "admin.token");

    /// <summary>Writes a new admin token.</summary>
    public static Task MakeTokenAsync(string folder) =>
        File.WriteAllTextAsync(TokenFileIn(folder), Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()) + "\n");

    /// <summary>Runs the migration job.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static async Task MigrateAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var job = ServiceProcess.Launch("services/Migrations", settings);
        var code = await job.Ended;
        if (code != 0)
            throw new InvalidOperationException($"The migrations ended with {code}: {string.Join(' ', job.Errors)}");
    }

    /// <summary>Another instance of a service, beside those there are.</summary>
    public async Task<ServiceProcess> StartOneAsync(string project)
    {
        var process = await ServiceProcess.StartAsync(project, settings);
        lock (processes)
            processes.Add((project, process));
        return process;
    }

    /// <summary>The running instances of a service.</summary>
    public IReadOnlyList<ServiceProcess> RunningOf(string project) =>
        [.. Snapshot().Where(each => each.Project == project && !each.Process.Ended.IsCompleted).Select(each => each.Process)];

    /// <summary>Ends all services, by SIGTERM, all at once; their exit codes.</summary>
    public Task<int[]> StopAsync(TimeSpan atMost) => Task.WhenAll(Running.Select(process => process.StopAsync(atMost)));

    /// <summary>Starts the services again, as many of each as before.</summary>
    public Task StartAgainAsync() => StartServicesAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in Snapshot())
            await process.DisposeAsync();
    }

    private Task<ServiceProcess[]> StartServicesAsync() =>
        Task.WhenAll(Services.SelectMany(project => Enumerable.Range(0, instances).Select(_ => StartOneAsync(project))));

    private (string Project, ServiceProcess Process)[] Snapshot()
    {
        lock (processes)
            return [.. processes];
    }
}
