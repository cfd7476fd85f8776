using System.Collections.Concurrent;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;
using Exporter.Messages.V1;
using MassTransit;

namespace Exporter.Doorbells;

/// <summary>
/// Rings through the bus: coalesced, one message of a sort on its way at a time, fire and forget (rule D1). What can't be
/// published is dropped, since the sweeps find the work as well.
/// </summary>
public sealed partial class BusDoorbell(IBus bus, TimeProvider clock, ILogger<BusDoorbell> log) : BackgroundService, IDoorbell
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    /// <summary>Between two messages: under load a router that is rung for every commit costs as much as the commits.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(5);
    private readonly WakeSignal rung = new();
    private readonly ConcurrentDictionary<ExportKind, bool> kinds = new();
    private int reports;
    private bool isFailing;

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
            using var timeout = new CancellationTokenSource(PublishTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timeout.Token);
            try
            {
                await PublishAsync(either.Token);
                isFailing = false;
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isFailing)
                    NotRung(log, e);
                isFailing = true;
            }
        }
    }

    private async Task PublishAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref reports, 0) is > 0 and var accepted)
            await bus.Publish(new ReportsAccepted { ReportCount = accepted }, cancel);
        foreach (var kind in kinds.Keys)
        {
            if (kinds.TryRemove(kind, out _))
                await bus.Publish(new DeliverBatch { ExportKind = kind.ToString().ToLowerInvariant() }, cancel);
        }
    }

    [LoggerMessage(EventId = 9201, Level = LogLevel.Warning, EventName = "DoorbellUnrung", Message =
        "The bus can't be reached. Work is found by the sweeps meanwhile, a little later.")]
    private static partial void NotRung(ILogger log, Exception e);
}
