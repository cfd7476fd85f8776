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
    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private long heldBytes;

    /// <summary>Packed bytes that wait for a commit or are in one.</summary>
    public long HeldBytes => Interlocked.Read(ref heldBytes);

    /// <summary>The bound on <see cref="HeldBytes"/>.</summary>
    public long CapacityBytes => options.MaxHeldBytes;

    /// <summary>Stores a submission; completes when it is on disk. What was handed in is committed even if the caller goes away.</summary>
    /// <exception cref="StoreRefusedException">Full, behind or stopping; nothing was stored.</exception>
    public Task<CommitReceipt> CommitAsync(Submission submission)
    {
        if (store.Refusal is { } refusal)
            throw new StoreRefusedException(refusal);

        var bytes = submission.PackedBytes;
        if (Interlocked.Add(ref heldBytes, bytes) > options.MaxHeldBytes && bytes < HeldBytes)
        {
            Interlocked.Add(ref heldBytes, -bytes);
            throw new StoreRefusedException(new("store_behind", "The store is behind. Send again later.", options.RetryAfter));
        }

        var pending = new Pending(submission, bytes);
        if (!queue.Writer.TryWrite(pending))
        {
            Interlocked.Add(ref heldBytes, -bytes);
            throw new StoreRefusedException(new("stopping", "This instance is stopping. Send again.", options.RetryAfter));
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
            var bytes = 0L;
            while (bytes < options.MaxCommitBytes && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
                bytes += pending.Bytes;
            }

            await CommitAsync(batch);
            Interlocked.Add(ref heldBytes, -bytes);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<Pending> batch)
    {
        try
        {
            Failpoint.Pass("commit.before");
            var receipts = await store.CommitAsync([.. batch.Select(pending => pending.Submission)], CancellationToken.None);
            Failpoint.Pass("commit.after");
            for (var i = 0; i < batch.Count; i++)
                batch[i].Receipt.SetResult(receipts[i]);
            doorbell.ReportsAccepted(batch.Sum(pending => pending.Submission.ReportCount));
        }
        catch (Exception e)
        {
            foreach (var pending in batch)
                pending.Receipt.TrySetException(e);
        }
    }

    private sealed record Pending(Submission Submission, long Bytes)
    {
        public TaskCompletionSource<CommitReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
