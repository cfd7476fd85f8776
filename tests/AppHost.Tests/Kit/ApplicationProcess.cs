using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aspire.Hosting.StatusPage;
using Exporter.TestKit.Processes;

namespace Exporter.AppHost.Tests.Kit;

/// <summary>An application as a process of its own, seen through its status page.</summary>
internal sealed partial class ApplicationProcess : IAsyncDisposable
{
    public const string Secret = "Tr0ub4dor-and-3";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> login = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> lines = [];
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });

    private ApplicationProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Login => login.Task.Result;

    public Uri Page => new(Login, "/");

    public string Said
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public static Task<ApplicationProcess> StartSampleAsync(string dataFolder) => StartAsync("tests/AppHost.Sample", dataFolder);

    /// <param name="project">The folder of the project that describes the application.</param>
    /// <param name="dataFolder">Its data.</param>
    /// <param name="settings">Further variables.</param>
    public static async Task<ApplicationProcess> StartAsync(string project, string dataFolder, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(RepositoryFolder.Program(project, $"Exporter.{Path.GetFileName(project)}"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AppHost__DataFolder"] = dataFolder, ["AppHost__Containers"] = "false", ["Parameters__api_token"] = Secret },
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var application = new ApplicationProcess(start);
        await application.login.Task.WaitAsync(LongestWait);
        using var answer = await application.http.GetAsync(application.Login);
        answer.EnsureSuccessStatusCode();
        return application;
    }

    public async Task<IReadOnlyList<ResourceRow>> ResourcesAsync() =>
        (await http.GetFromJsonAsync<List<ResourceRow>>(new Uri(Page, "/api/resources"), JsonSerializerOptions.Web))!;

    public Task<string> ReadAsync(string path) => http.GetStringAsync(new Uri(Page, path));

    public async Task<ResourceRow> OneAsync(string name) => (await ResourcesAsync()).First(row => row.Name == name);

    public async Task<Uri> AddressAsync(string resource, string endpoint) =>
        new((await OneAsync(resource)).Urls.Single(url => url.Name == endpoint && !url.Internal).Url);

    public async Task UntilAsync(Func<IReadOnlyList<ResourceRow>, bool> isThere)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!isThere(await ResourcesAsync()))
        {
            if (TimeProvider.System.GetElapsedTime(begun) > LongestWait)
                throw new ShouldAssertException($"The application did not come to where it should be: {JsonSerializer.Serialize(await ResourcesAsync())}\n{Said}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public Task UntilWellAsync() => UntilAsync(rows => rows.All(row => row.State == "Finished" || row.Health == "Healthy"));

    public async Task<int> StopAsync()
    {
        Signals.SendTerminate(process.Id);
        await process.WaitForExitAsync().WaitAsync(LongestWait);
        return process.ExitCode;
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await StopAsync();
        process.Dispose();
        http.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;

        lock (lines)
            lines.Add(line);
        if (LoginUrl().Match(line) is { Success: true } match)
            login.TrySetResult(new(match.Value));
    }

    [GeneratedRegex("http://localhost:[0-9]+/login\\?t=[0-9a-f]+")]
    private static partial Regex LoginUrl();
}
