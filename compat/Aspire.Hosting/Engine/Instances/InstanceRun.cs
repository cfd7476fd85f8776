using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Containers;
using Aspire.Hosting.Engine.Health;
using Compat.Processes;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>An instance from its wait for others to its end: starts it, watches its health, starts it again when it dies.</summary>
internal sealed class InstanceRun(ResourceInstance instance, InstancePorts ports, Lazy<bool> sharedPorts, RunServices services) : IRun
{
    private static readonly TimeSpan UntilHealthy = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhenHealthy = TimeSpan.FromSeconds(2);
    private readonly BackOff backOff = new();
    private ChildProcess? child;
    private ChildProcess? companion;
    private string? container;

    public IResource Resource => instance.Resource;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await services.Dependencies.WaitAsync(instance, stopping).ConfigureAwait(false);
            _ = sharedPorts.Value;
            while (await LiveAsync(stopping).ConfigureAwait(false))
                instance.Change(snapshot => snapshot with { Restarts = snapshot.Restarts + 1 });
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops; StopAsync ends the process in its turn.
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    public async Task StopAsync(TimeSpan atMost)
    {
        if (!instance.HasEnded)
            instance.Enter(KnownResourceStates.Stopping);
        if (child is not null)
            await StopAsync(child, atMost).ConfigureAwait(false);
        if (companion is not null)
            await StopAsync(companion, atMost).ConfigureAwait(false);
        if (container is not null)
            await RemoveContainerAsync().ConfigureAwait(false);
        if (!instance.HasEnded)
            instance.Enter(KnownResourceStates.Exited);
    }

    // True when it is to be started again.
    private async Task<bool> LiveAsync(CancellationToken stopping)
    {
        instance.Enter(KnownResourceStates.Starting);
        var plan = await PlanAsync(stopping).ConfigureAwait(false);
        if (plan is null)
            return true;

        var started = services.Clock.GetUtcNow();
        Launch(plan);
        using var living = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var health = WatchHealthAsync(living.Token);
        var exitCode = await child!.Ended.WaitAsync(stopping).ConfigureAwait(false);
        await living.CancelAsync().ConfigureAwait(false);
        await health.ConfigureAwait(false);
        await CleanUpAsync().ConfigureAwait(false);
        return await DecideAsync(exitCode, services.Clock.GetUtcNow() - started, stopping).ConfigureAwait(false);
    }

    // What can't be started at first is told and left; what ran before is tried again.
    private async Task<LaunchPlan?> PlanAsync(CancellationToken stopping)
    {
        try
        {
            return await services.Planner.PlanAsync(instance, ports, stopping).ConfigureAwait(false);
        }
        catch (DistributedApplicationException fault) when (instance.Snapshot.Restarts > 0)
        {
            var wait = backOff.After(TimeSpan.Zero);
            instance.Log.Add(fault.Message, isError: true);
            instance.Enter(KnownResourceStates.Starting, $"{fault.Message} The next try is in {wait.TotalSeconds:0} s.");
            await Task.Delay(wait, services.Clock, stopping).ConfigureAwait(false);
            return null;
        }
    }

    private void Launch(LaunchPlan plan)
    {
        if (plan.Companion is not null)
            companion = ChildProcess.Start(plan.Companion, services.Run, services.Watchdog, instance.Log.Add);
        container = plan.Container;
        child = ChildProcess.Start(plan, services.Run, services.Watchdog, instance.Log.Add);
        instance.Change(snapshot => snapshot with
        {
            State = new(KnownResourceStates.Running, "success"),
            Detail = null,
            ExitCode = null,
            StartTimeStamp = services.Clock.GetUtcNow().UtcDateTime,
            StopTimeStamp = null,
            Runs = plan.Container is { } name ? $"container {name}" : $"process {child.Id}",
            Urls = [.. ports.Of(instance.Index).SelectMany(UrlsOf)],
            HealthReports = HealthReader.NotYet(instance.Resource),
        });
        var addresses = string.Join(", ", instance.Snapshot.Urls.Where(url => !url.IsInternal).Select(url => url.Url).DefaultIfEmpty("no port"));
        EngineLog.Started(services.Log, instance.Resource.Name, instance.Snapshot.Runs!, addresses);
    }

    private static IEnumerable<UrlSnapshot> UrlsOf(KeyValuePair<EndpointAnnotation, int> known)
    {
        var seen = known.Key.AllocatedEndpoint!;
        yield return new(known.Key.Name, seen.UriString, IsInternal: false);
        if (seen.Port != known.Value)
            yield return new(known.Key.Name, new AllocatedEndpoint(known.Key, seen.Address, known.Value).UriString, IsInternal: true);
    }

    private async Task WatchHealthAsync(CancellationToken living)
    {
        try
        {
            while (instance.Snapshot.HealthReports.Length > 0)
            {
                await Task.Delay(instance.Snapshot.HealthStatus == Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy ? WhenHealthy : UntilHealthy, services.Clock, living).ConfigureAwait(false);
                instance.Tell(await services.Health.ReadAsync(instance.Resource, ports.Of(instance.Index), living).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (living.IsCancellationRequested)
        {
            // The process ended, and with it its health.
        }
    }

    private async Task<bool> DecideAsync(int exitCode, TimeSpan lived, CancellationToken stopping)
    {
        var finished = exitCode == 0 && instance.Resource is not ContainerResource;
        instance.Change(snapshot => snapshot with { ExitCode = exitCode, StopTimeStamp = services.Clock.GetUtcNow().UtcDateTime, Runs = null });
        if (finished || services.IsJob(instance.Resource) || !services.Options.Restart)
        {
            instance.Enter(finished ? KnownResourceStates.Finished : KnownResourceStates.Exited, finished ? null : $"Ended with exit code {exitCode}.");
            EngineLog.Ended(services.Log, finished ? Microsoft.Extensions.Logging.LogLevel.Information : Microsoft.Extensions.Logging.LogLevel.Error, instance.Resource.Name, exitCode);
            return false;
        }

        var wait = backOff.After(lived);
        instance.Enter(KnownResourceStates.Starting, $"Ended with exit code {exitCode}. It starts again in {wait.TotalSeconds:0} s.");
        EngineLog.StartsAgain(services.Log, instance.Resource.Name, exitCode, wait.TotalSeconds);
        await Task.Delay(wait, services.Clock, stopping).ConfigureAwait(false);
        return true;
    }

    private async Task StopAsync(ChildProcess process, TimeSpan atMost)
    {
        if (!await process.StopAsync(atMost, services.Clock).ConfigureAwait(false))
            EngineLog.Killed(services.Log, instance.Resource.Name, atMost.TotalSeconds);
    }

    private async Task CleanUpAsync()
    {
        await child!.DisposeAsync().ConfigureAwait(false);
        child = null;
        if (companion is not null)
            await StopAsync(companion, TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        companion = null;
        if (container is not null)
            await RemoveContainerAsync().ConfigureAwait(false);
    }

    private async Task RemoveContainerAsync()
    {
        await Docker.RemoveAsync(container!).ConfigureAwait(false);
        services.Watchdog.DropContainer(container!);
        container = null;
    }

    private void Fail(Exception fault)
    {
        var sentence = fault is DistributedApplicationException ? fault.Message : $"{fault.GetType().Name}: {fault.Message}";
        sentence = services.Secrets.InText(sentence);
        instance.Log.Add(sentence, isError: true);
        instance.Enter(KnownResourceStates.FailedToStart, sentence);
        EngineLog.Failed(services.Log, instance.Resource.Name, sentence);
    }
}
