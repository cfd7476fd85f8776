using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Engine.Logs;
using Compat.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.StatusPage;

/// <summary>Shows the application in a browser on this machine.</summary>
internal sealed class StatusPageServer(
    IConfiguration configuration, IHostEnvironment environment, ResourceNotificationService notifications, ResourceLoggerService logs, Secrets secrets, TimeProvider clock, ILogger<DistributedApplication> log)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);
    private WebApplication? app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var access = new PageAccess(configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? configuration["DOTNET_DASHBOARD_FRONTEND_BROWSERTOKEN"]);
        secrets.Learn(access.Token);
        var port = PageAddress.PortOf(configuration["ASPNETCORE_URLS"]) ?? new FreePorts().Take();
        app = Build(port, access);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new DistributedApplicationException(string.Create(CultureInfo.InvariantCulture, $"Port {port} of the status page is in use. Set ASPNETCORE_URLS to another loopback address, or leave it out."), fault);
        }

        var url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}/login?t={access.Token}");
        EngineLog.StatusPageListens(log, url);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (app is not null)
            await app.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync().ConfigureAwait(false);
    }

    private WebApplication Build(int port, PageAccess access)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = environment.ApplicationName, Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestStop);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 200;
            kestrel.ListenLocalhost(port);
        });

        var page = builder.Build();
        page.Use(PageHeaders.SetAsync);
        page.Use(access.CheckAsync);
        PageAssets.Map(page, environment.ApplicationName);
        var streams = new PageStreams(new ResourceView(notifications, secrets), notifications, logs, clock, page.Lifetime.ApplicationStopping);
        page.MapGet("/api/resources", streams.ResourcesAsync);
        page.MapGet("/api/events", streams.FollowResourcesAsync);
        page.MapGet("/api/logs/{id}", streams.FollowLogAsync);
        return page;
    }

    // Signals are the application's own to hear.
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
