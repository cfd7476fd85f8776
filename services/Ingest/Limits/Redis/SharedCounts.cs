using System.Collections.Concurrent;
using Exporter.Delivery.Wakes;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Sends, a few times a second, the counts that no request waits for; and says what happens without Redis.</summary>
internal sealed class SharedCounts(RedisLink link, IngestOptions options, SharedCountMetrics metrics, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<SharedTally> queue = new();
    private readonly WakeSignal rung = new();

    public RedisLink Link => link;

    /// <summary>Has a tally sent soon. Each is in the queue at most once, which bounds it.</summary>
    public void Queue(SharedTally tally)
    {
        queue.Enqueue(tally);
        rung.Ring();
    }

    /// <summary>What becomes of a request that this instance alone would let in.</summary>
    public LimitVerdict Undecided()
    {
        var isRefused = options.Limits.RefuseWithoutSharedCounts;
        metrics.Undecided(isRefused);
        return isRefused ? LimitVerdict.Unknown : LimitVerdict.Within;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await link.AnswersAsync(Task.WhenAll(Send()));
    }

    public override void Dispose()
    {
        rung.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await rung.WaitAsync(Sweep, clock, stoppingToken);
                Send();
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is sent by StopAsync.
        }
    }

    private List<Task> Send()
    {
        var sending = new List<Task>();
        for (var left = queue.Count; left > 0 && queue.TryDequeue(out var tally); left--)
            sending.Add(tally.SendAsync());
        return sending;
    }
}
