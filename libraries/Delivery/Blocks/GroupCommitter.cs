using System.Threading.Channels;
using Exporter.Delivery.Faults;
using Exporter.Delivery.Wakes;
using Microsoft.Extensions.Hosting;

namespace Exporter.Delivery.Blocks;

/// <summary>
/// Shares commits without a timer: one commit at a time, and what arrives meanwhile is the next one (rule B2). Bounded in
/// bytes; beyond that a submission is refused at once with <c>store_behind</c>.
/// </summary>
public sealed class GroupCommitter(IBlockStore store, IDoorbell doorbell, GroupCommitOptions options) : BackgroundService
{
    private static readonly StoreRefusal LaneClosed = new(
        "stream_refused", "An earlier message of this stream was refused, so nothing after it is stored.", TimeSpan.FromSeconds(1));

    /// <summary>What an empty submission counts for, so that many of them are bounded too.</summary>
    private const int OverheadBytes = 256;

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private long heldBytes;
    private long commit;

    /// <summary>Bytes that wait for a commit or are in one.</summary>
    public long HeldBytes => Interlocked.Read(ref heldBytes);

    /// <summary>The bound on <see cref="HeldBytes"/>.</summary>
    public long CapacityBytes => options.MaxHeldBytes;

    /// <summary>Stores a submission; completes when it is on disk. What was handed in is committed even if the caller goes away.</summary>
    /// <param name="submission">Its memory must not change before the receipt is there.</param>
    /// <param name="lane">The stream it belongs to, handed in by one caller at a time; null for a request on its own.</param>
    /// <exception cref="StoreRefusedException">Full, behind or stopping, or an earlier one of the lane was refused; nothing was stored.</exception>
    public Task<CommitReceipt> CommitAsync(Submission submission, CommitLane? lane = null)
    {
        if (Refusal(lane) is { } refusal)
            return Refuse(refusal, lane);

        var bytes = OverheadBytes + submission.PackedBytes + (submission.Idempotency?.Answer.Length ?? 0);
        if (Interlocked.Add(ref heldBytes, bytes) > options.MaxHeldBytes && bytes < HeldBytes)
        {
            Interlocked.Add(ref heldBytes, -bytes);
            return Refuse(new("store_behind", "The store is behind. Send again later.", options.RetryAfter), lane);
        }

        var pending = new Pending(submission, bytes, lane);
        if (!queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref heldBytes, -bytes);
            return Refuse(new("stopping", "This instance is stopping. Send again.", options.RetryAfter), lane);
        }

        return pending.Receipt.Task;
    }

    /// <summary>Commits what is held, then ends (rule S7).</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>();
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var bytes = Take(batch);
            if (batch.Count > 0)
                await CommitAsync(batch);
            Interlocked.Add(ref heldBytes, -bytes);
            batch.Clear();
        }
    }

    private long Take(List<Pending> batch)
    {
        commit++;
        var bytes = 0L;
        while (bytes < options.MaxCommitBytes && queue.Reader.TryPeek(out var pending) && pending.Lane?.KeyedCommit != commit)
        {
            queue.Reader.TryRead(out _);
            bytes += pending.Bytes;
            if (pending.Lane is { IsClosed: true })
            {
                pending.Receipt.SetException(new StoreRefusedException(LaneClosed));
                continue;
            }

            // Only the store knows whether a key is reused, which refuses: what follows in the lane must know first.
            if (pending is { Lane: { } lane, Submission.Idempotency: not null })
                lane.KeyedCommit = commit;
            batch.Add(pending);
        }

        return bytes;
    }

    private async Task CommitAsync(List<Pending> batch)
    {
        try
        {
            Failpoint.Pass("commit.before");
            var receipts = await store.CommitAsync([.. batch.Select(pending => pending.Submission)], CancellationToken.None);
            Failpoint.Pass("commit.after");
            for (var i = 0; i < batch.Count; i++)
                batch[i].Complete(receipts[i]);
            doorbell.ReportsAccepted(batch.Sum(pending => pending.Submission.ReportCount));
        }
        catch (Exception e)
        {
            foreach (var pending in batch)
                pending.Fail(e);
        }
    }

    private StoreRefusal? Refusal(CommitLane? lane) => lane is { IsClosed: true } ? LaneClosed : store.Refusal;

    private static Task<CommitReceipt> Refuse(StoreRefusal refusal, CommitLane? lane)
    {
        lane?.Close();
        return Task.FromException<CommitReceipt>(new StoreRefusedException(refusal));
    }

    private sealed record Pending(Submission Submission, long Bytes, CommitLane? Lane)
    {
        public TaskCompletionSource<CommitReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Complete(CommitReceipt receipt)
        {
            if (receipt is CommitReceipt.KeyReused)
                Lane?.Close();
            Receipt.SetResult(receipt);
        }

        public void Fail(Exception cause)
        {
            Lane?.Close();
            Receipt.TrySetException(cause);
        }
    }
}
