using System.Net.Http.Headers;
using System.Text;
using Exporter.Admin.V1;
using Exporter.TestKit.Processes;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Standalone.Boxes;

/// <summary>A data folder and the process that lives on it.</summary>
internal sealed class Box : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Store__MinFreeBytes"] = "1048576",
        ["Store__MinFreePercent"] = "0",
        ["Delivery__Sweep"] = "00:00:00.2",
        ["Delivery__FirstBackOff"] = "00:00:00.1",
        ["Delivery__LongestPause"] = "00:00:00.5",
        ["DOTNET_TieredPGO"] = "0",
    };

    private readonly Dictionary<string, string> settings;
    private AdminDoor? admin;
    private HttpClient? http;

    private Box(string folder, IReadOnlyDictionary<string, string>? more)
    {
        Folder = folder;
        settings = new(Quick);
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
    }

    public static TimeSpan LongestStop { get; } = TimeSpan.FromSeconds(20);

    public string Folder { get; }

    public StandaloneProcess Process { get; private set; } = null!;

    public AdminService.AdminServiceClient Admin => (admin ??= AdminDoor.Of(Process)).Client;

    public HttpClient Http => http ??= new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Process.Addresses.Http };

    /// <summary>A new folder and a process on it.</summary>
    public static async Task<Box> StartAsync(IReadOnlyDictionary<string, string>? more = null, string? folder = null)
    {
        var box = new Box(folder ?? Directory.CreateTempSubdirectory("standalone-tests-").FullName, more);
        await box.StartAgainAsync();
        return box;
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Forget();
        return await Process.StopAsync(LongestStop);
    }

    /// <summary>Another process on the same folder; the last one must have ended.</summary>
    public async Task StartAgainAsync()
    {
        Forget();
        Process = await StandaloneProcess.StartAsync(Folder, settings);
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
        await Process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void Forget()
    {
        admin?.Dispose();
        http?.Dispose();
        (admin, http) = (null, null);
    }
}
