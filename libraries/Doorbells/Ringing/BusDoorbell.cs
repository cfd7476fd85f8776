using System.Collections.Concurrent;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;
using Exporter.Doorbells.Answering;
using Exporter.Messages.V1;
using MassTransit;

namespace Exporter.Doorbells.Ringing;

/// <summary>
/// Rings through the bus: coalesced, one message of a sort on its way at a time, fire and forget (rule D1). What can't be
/// published is dropped, since the sweeps find the work as well; one ring of its sort is kept for when the bus is back.
/// </summary>
internal sealed class BusDoorbell(IBus bus, BusLine line, DoorbellOptions options, TimeProvider clock) : BackgroundService, IDoorbell
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    /// <summary>Between two messages: under load a router that is rung for every commit costs as much as the commits.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(1);
    private readonly WakeSignal rung = new();
    private readonly ConcurrentDictionary<ExportKind, bool> kinds = new();

    /// <summary>MassTransit holds on to a message while it looks for the broker: one of a sort, or they would pile up.</summary>
    private readonly Dictionary<string, Task> unconfirmed = [];
    private long reports;

    /// <inheritdoc />
    public void ReportsAccepted(int reportCount)
    {
        Interlocked.Add(ref reports, reportCount);
        rung.Ring();
    }

    /// <inheritdoc />
    public void DeliverBatch(ExportKind kind)
    {
        kinds[kind] = true;
        rung.Ring();
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        rung.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await rung.WaitAsync(Sweep, clock, stoppingToken);
            var isPublished = await PublishAsync(stoppingToken);
            await Task.Delay(isPublished ? Pause : FailurePause, clock, stoppingToken);
        }
    }

    private async Task<bool> PublishAsync(CancellationToken stopping)
    {
        var areAllPublished = true;
        var accepted = Interlocked.Exchange(ref reports, 0);
        if (accepted > 0 && !await TryPublishAsync(nameof(RouteReports), new ReportsAccepted { ReportCount = (int)Math.Min(accepted, int.MaxValue) }, stopping))
        {
            Interlocked.Add(ref reports, accepted);
            areAllPublished = false;
        }

        foreach (var kind in kinds.Keys)
        {
            if (kinds.TryRemove(kind, out _) && !await TryPublishAsync(kind.ToString(), new DeliverBatch { ExportKind = ExportKindWord.Of(kind) }, stopping))
            {
                kinds[kind] = true;
                areAllPublished = false;
            }
        }

        if (!areAllPublished)
            rung.Ring();
        return areAllPublished;
    }

    private async Task<bool> TryPublishAsync<T>(string sort, T message, CancellationToken stopping)
        where T : class
    {
        if (unconfirmed.TryGetValue(sort, out var earlier) && !earlier.IsCompleted)
            return false;

        var published = bus.Publish(message, context => context.TimeToLive = DoorbellContracts.MessageLife, stopping);
        try
        {
            await published.WaitAsync(options.PublishTimeout, clock, stopping);
            DoorbellMetrics.Sent(typeof(T).Name);
            line.Restored(sort);
            return true;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            DoorbellMetrics.Dropped(typeof(T).Name, e is TimeoutException ? "timeout" : "unreachable");
            line.Lost(sort, e);
            unconfirmed[sort] = Task.WhenAny(published, line.NextReady);
            _ = published.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return false;
        }
    }
}
