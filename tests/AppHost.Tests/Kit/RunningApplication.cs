using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Compat.Processes;
using Exporter.TestKit.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.AppHost.Tests.Kit;

/// <summary>An application that runs in this process, its resources in theirs.</summary>
internal sealed class RunningApplication : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly ScratchFolder folder;
    private readonly DistributedApplication app;
    private readonly HttpClient http = new();

    private RunningApplication(ScratchFolder folder, DistributedApplication app)
    {
        this.folder = folder;
        this.app = app;
    }

    public CapturedLog Log { get; private init; } = new();

    public ResourceNotificationService Notifications => app.ResourceNotifications;

    public string DataFolder => folder.Path;

    /// <param name="describe">Adds the resources.</param>
    /// <param name="settings">Configuration, as <c>--key=value</c>.</param>
    public static async Task<RunningApplication> StartAsync(Action<IDistributedApplicationBuilder> describe, params string[] settings)
    {
        var folder = new ScratchFolder();
        var log = new CapturedLog();
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = [$"--AppHost:DataFolder={folder.Path}/data", .. settings],
            DisableDashboard = true,
        });
        builder.Services.AddSingleton<TimeProvider>(new FastClock(4));
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log));
        describe(builder);
        var running = new RunningApplication(folder, builder.Build()) { Log = log };
        await running.app.StartAsync(TestContext.Current.CancellationToken);
        return running;
    }

    public IReadOnlyList<CustomResourceSnapshot> Of(string resource) =>
        [.. Notifications.Current().Where(known => known.Resource.Name == resource).Select(known => known.Snapshot)];

    public async Task<CustomResourceSnapshot> UntilAsync(string resource, Func<CustomResourceSnapshot, bool> isThere)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestWait);
        try
        {
            return (await Notifications.WaitForAllAsync(resource, known => isThere(known.Snapshot), limit.Token)).Snapshot;
        }
        catch (OperationCanceledException)
        {
            throw new ShouldAssertException($"'{resource}' did not come to where it should be; it is {string.Join(" / ", Of(resource))}. {string.Join(' ', Log.Lines)}");
        }
    }

    public Task<CustomResourceSnapshot> UntilRunningAsync(string resource) => UntilAsync(resource, known => known.State?.Text == KnownResourceStates.Running);

    public Task<CustomResourceSnapshot> UntilHealthyAsync(string resource) => UntilAsync(resource, known => known.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);

    public Task<CustomResourceSnapshot> UntilFailedAsync(string resource) => UntilAsync(resource, known => known.State?.Text == KnownResourceStates.FailedToStart);

    public async Task<IReadOnlyList<LogLine>> LinesAsync(string resource, Func<LogLine, bool> isWanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestWait);
        var id = Notifications.Current().First(known => known.Resource.Name == resource).ResourceId;
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(id).WithCancellation(limit.Token))
        {
            if (lines.Any(isWanted))
                return lines;
        }

        throw new ShouldAssertException($"'{resource}' did not say it.");
    }

    public Task<Dictionary<string, string>?> EnvironmentAsync(string url) => http.GetFromJsonAsync<Dictionary<string, string>>($"{url}/environment", TestContext.Current.CancellationToken);

    public Task<int> ProcessAsync(string url) => http.GetFromJsonAsync<int>($"{url}/process", TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PostAsync(string url) => http.PostAsync(new Uri(url), null, TestContext.Current.CancellationToken);

    /// <summary>The processes that carry the mark of this run, which its resources inherited.</summary>
    public async Task<Func<IReadOnlyList<int>>> ProcessesAsync(string url)
    {
        var run = (await EnvironmentAsync(url))![Leftovers.RunVariable];
        return () => [.. Leftovers.Find(Leftovers.RunVariable, run)];
    }

    public Task StopAsync() => app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        http.Dispose();
        folder.Dispose();
    }
}
