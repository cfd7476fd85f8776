using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Exporter.Admin.V1;
using Exporter.TestKit.Processes;
using Exporter.TestKit.Servers;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Standalone.Boxes;

/// <summary>An Exporter in one of its two modes, on a folder of its own.</summary>
internal sealed class Box : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Delivery__Sweep"] = "00:00:00.2",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["Delivery__LongestPause"] = "00:00:00.5",
        ["DOTNET_TieredPGO"] = "0",
    };

    private static readonly Dictionary<string, string> SmallStore = new()
    {
        ["Store__MinFreeBytes"] = "1048576",
        ["Store__MinFreePercent"] = "0",
    };

    private readonly Dictionary<string, string> settings;
    private FleetServers? servers;
    private AdminDoor? admin;
    private HttpClient? http;

    private Box(string folder, Mode mode, IReadOnlyDictionary<string, string>? more)
    {
        (Folder, Mode) = (folder, mode);
        settings = new(mode == Mode.Standalone ? [.. Quick, .. SmallStore] : Quick);
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
    }

    public static TimeSpan LongestStop { get; } = TimeSpan.FromSeconds(20);

    public string Folder { get; }

    public Mode Mode { get; }

    /// <summary>The process of <see cref="Mode.Standalone"/>.</summary>
    public StandaloneProcess Process { get; private set; } = null!;

    /// <summary>The processes of <see cref="Mode.Services"/>.</summary>
    public ServiceFleet Fleet { get; private set; } = null!;

    public Uri AdminAddress => Mode == Mode.Standalone ? Process.Addresses.Admin : Fleet.Routers[0].Addresses.Admin;

    public Uri GrpcAddress => Mode == Mode.Standalone ? Process.Addresses.Grpc : Fleet.Ingests[0].Addresses.Grpc;

    public string TokenFile => Path.Combine(Folder, "admin.token");

    public IReadOnlyCollection<string> Output => Mode == Mode.Standalone ? Process.Output : Fleet.Output;

    public AdminService.AdminServiceClient Admin => (admin ??= AdminDoor.At(AdminAddress, TokenFile)).Client;

    public HttpClient Http => http ??= new(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = Trust } })
    {
        BaseAddress = Mode == Mode.Standalone ? Process.Addresses.Http : Fleet.Ingests[0].Addresses.Http,
    };

    /// <summary>Its own authority, where it was told of one; else the machine's.</summary>
    private X509ChainPolicy? Trust => settings.TryGetValue("EXPORTER_SECRET_AUTHORITY", out var pem)
        ? new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509Certificate2.CreateFromPem(pem) },
            RevocationMode = X509RevocationMode.NoCheck,
        }
        : null;

    /// <summary>A new folder and Standalone on it.</summary>
    public static Task<Box> StartAsync(IReadOnlyDictionary<string, string>? more = null, string? folder = null) => StartAsync(Mode.Standalone, more, folder);

    /// <summary>A new folder and an Exporter on it.</summary>
    public static async Task<Box> StartAsync(Mode mode, IReadOnlyDictionary<string, string>? more = null, string? folder = null)
    {
        var box = new Box(folder ?? Directory.CreateTempSubdirectory("standalone-tests-").FullName, mode, more);
        if (mode == Mode.Services)
            box.servers = await FleetServers.ShareAsync(await Broker.SharedAsync());
        await box.StartAgainAsync();
        return box;
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Forget();
        return Mode == Mode.Standalone ? await Process.StopAsync(LongestStop) : (await Fleet.StopAsync(LongestStop)).Max();
    }

    /// <summary>The next start does without a setting.</summary>
    public void Forget(string setting) => settings.Remove(setting);

    /// <summary>Again on the same folder; what was there must have ended.</summary>
    public async Task StartAgainAsync()
    {
        Forget();
        if (Mode == Mode.Standalone)
            Process = await StandaloneProcess.StartAsync(Folder, settings);
        else if (Fleet is null)
            Fleet = await ServiceFleet.StartAsync(servers!, Folder, settings);
        else
            await Fleet.StartAgainAsync();
    }

    public async Task RestartAsync()
    {
        (await StopAsync()).ShouldBe(0);
        await StartAgainAsync();
    }

    /// <summary>An export to files that seals by age, at once; the caller may change it.</summary>
    public async Task<Export> CreateExportAsync(string name, Action<Export>? change = null)
    {
        var export = new Export
        {
            Name = name,
            Kind = ExportKind.S3,
            Enabled = true,
            Settings = new()
            {
                Url = $"file://{FolderOf(name)}/{{source}}/{{api_key}}",
                BatchReports = 0,
                MaxDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(50)),
                Concurrency = 1,
            },
        };
        change?.Invoke(export);
        return (await Admin.CreateExportAsync(new() { Export = export })).Export;
    }

    public string FolderOf(string export) => Path.Combine(Folder, "out", export);

    public ObjectFolder ObjectsOf(string export) => new(FolderOf(export));

    /// <summary>POST as JSON.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        Http.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")), TestContext.Current.CancellationToken);

    /// <summary>Hands in reports with these numbers, in one request.</summary>
    public async Task SubmitAsync(params int[] numbers)
    {
        using var answer = await PostAsync("/v2/geosubmit", SmallReport.Document(numbers));
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    public async Task<Books> BooksOfAsync(string export) =>
        (await Admin.GetStatusAsync(new())).Books.Single(book => book.ExportName == export);

    public async ValueTask DisposeAsync()
    {
        Forget();
        if (Mode == Mode.Standalone)
            await Process.DisposeAsync();
        else
            await Fleet.DisposeAsync();
        if (servers is not null)
            await servers.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void Forget()
    {
        admin?.Dispose();
        http?.Dispose();
        (admin, http) = (null, null);
    }
}
