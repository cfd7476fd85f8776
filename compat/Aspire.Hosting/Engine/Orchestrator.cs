using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Containers;
using Aspire.Hosting.Engine.Data;
using Aspire.Hosting.Engine.Health;
using Aspire.Hosting.Engine.Instances;
using Aspire.Hosting.Engine.Logs;
using Compat.Processes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>Starts the resources and stops them.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model, DistributedApplicationExecutionContext context, EngineOptions options, DataFolder data, HealthReader health, Secrets secrets,
    ResourceNotificationService notifications, ResourceLoggerService logs, TimeProvider clock, ILogger<DistributedApplication> log) : IHostedService
{
    private static readonly TimeSpan ShortestStop = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<InstancePorts> ports = [];
    private readonly List<(IRun Run, Task Life)> lives = [];
    private readonly string id = Guid.NewGuid().ToString("N")[..12];
    private Watchdog? watchdog;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
            throw new NotSupportedException("Aspire.Hosting (stand-in): it runs applications on Linux only.");

        data.Hold();
        watchdog = new(id);
        var services = ServicesOf(watchdog, out var free);
        var runs = model.Resources.SelectMany(resource => RunsOf(resource, services, free)).ToList();
        foreach (var run in runs)
            lives.Add((run, Task.Run(() => run.RunAsync(stopping.Token), CancellationToken.None)));
        EngineLog.ApplicationStarted(log, data.Path);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(lives.Select(life => life.Life)).ConfigureAwait(false);
        var runs = lives.ToLookup(life => life.Run.Resource, life => life.Run);
        var deadline = clock.GetUtcNow() + (options.StopTimeout * 2);
        foreach (var group in StopOrder.Of(model.Resources))
        {
            var left = deadline - clock.GetUtcNow();
            var atMost = left < ShortestStop ? ShortestStop : left < options.StopTimeout ? left : options.StopTimeout;
            await Task.WhenAll(group.SelectMany(resource => runs[resource]).Select(run => StopAsync(run, atMost))).ConfigureAwait(false);
        }

        lives.Clear();
        foreach (var known in ports)
            await known.DisposeAsync().ConfigureAwait(false);
        Leftovers.Kill(Leftovers.RunVariable, id);
        watchdog?.Dispose();
        watchdog = null;
        data.Dispose();
    }

    // Whatever one of them meets at its stop, the others are stopped too.
    private async Task StopAsync(IRun run, TimeSpan atMost)
    {
        try
        {
            await run.StopAsync(atMost).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            EngineLog.StopFailed(log, run.Resource.Name, fault.Message);
        }
    }

    private RunServices ServicesOf(Watchdog dog, out FreePorts free)
    {
        free = new FreePorts();
        var containers = new ContainerRuntime(options, id);
        var planner = new Planner(new Variables(context, secrets), containers, data, free, secrets);
        var jobs = model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion).Select(wait => wait.Resource).ToHashSet();
        return new(id, options, planner, new Dependencies(notifications), health, dog, secrets, clock, log, jobs.Contains);
    }

    private List<IRun> RunsOf(IResource resource, RunServices services, FreePorts free)
    {
        if (resource is IResourceWithoutLifetime)
            return [new ValueRun(NewInstance(resource, 0), services)];
        if (resource is IResourceWithParent)
            return [new ChildRun(NewInstance(resource, 0), services, notifications)];

        var replicas = resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
        var own = new InstancePorts(resource, replicas, free);
        ports.Add(own);
        var instances = Enumerable.Range(0, replicas).Select(index => NewInstance(resource, index)).ToList();
        var shared = new Lazy<bool>(() =>
        {
            own.OpenShared();
            return true;
        });
        return instances.ConvertAll<IRun>(instance => new InstanceRun(instance, own, shared, services));
    }

    private ResourceInstance NewInstance(IResource resource, int index) => new(resource, index, notifications, logs);
}
