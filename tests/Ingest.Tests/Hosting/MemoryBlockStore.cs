using System.Collections.Concurrent;
using System.Security.Cryptography;
using Exporter.Delivery.Blocks;
using Exporter.Reports.V1;

namespace Exporter.Ingest;

/// <summary>Keeps what is committed in memory, by the rules of the real stores, and can refuse, fail and wait on order.</summary>
internal sealed class MemoryBlockStore : IBlockStore
{
    private readonly Dictionary<(string?, string), IdempotencyRecord> records = [];
    private readonly ConcurrentQueue<Exception?> nextCommits = new();

    public StoreRefusal? Refusal { get; set; }

    public List<StoredReport> Reports { get; } = [];

    public List<int> CommitSizes { get; } = [];

    /// <summary>Commits wait for this.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    public bool KeepsReports { get; set; } = true;

    /// <summary>Looks at each report instead of keeping it.</summary>
    public Action<Report>? Inspect { get; set; }

    public long Inspected { get; private set; }

    public int Entered;

    public void FailCommit(Exception cause) => nextCommits.Enqueue(cause);

    public void LetCommitPass() => nextCommits.Enqueue(null);

    public IReadOnlyList<StoredReport> Snapshot()
    {
        lock (records)
            return [.. Reports];
    }

    public async Task<IReadOnlyList<CommitReceipt>> CommitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancel)
    {
        Interlocked.Increment(ref Entered);
        await Open;
        if (nextCommits.TryDequeue(out var failure) && failure is not null)
            throw failure;

        lock (records)
        {
            CommitSizes.Add(submissions.Count);
            return [.. submissions.Select(Store)];
        }
    }

    private CommitReceipt Store(Submission submission)
    {
        if (submission.Idempotency is { } record)
        {
            if (records.TryGetValue((submission.ApiKey, record.Key), out var first))
            {
                return first.RequestSha256.Span.SequenceEqual(record.RequestSha256.Span)
                    ? new CommitReceipt.Repeated(first.Answer)
                    : CommitReceipt.KeyReused.Instance;
            }

            records[(submission.ApiKey, record.Key)] = record;
        }

        foreach (var block in BlockPacker.Pack([submission], Guid.CreateVersion7))
        {
            if (KeepsReports)
                Keep(block);
        }

        return CommitReceipt.Stored.Instance;
    }

    private void Keep(Block block)
    {
        SHA256.HashData(block.Payload.Span).ShouldBe(block.PayloadSha256.ToArray());
        using var packed = new MemoryStream(BlockCodec.Unpack(block.Payload).ToArray());
        var count = 0;
        for (; packed.Position < packed.Length; count++)
            Keep(new StoredReport(block.ApiKey, block.Source, Report.Parser.ParseDelimitedFrom(packed), block));
        count.ShouldBe(block.ReportCount);
    }

    private void Keep(StoredReport stored)
    {
        if (Inspect is null)
        {
            Reports.Add(stored);
            return;
        }

        Inspected++;
        Inspect(stored.Report);
    }
}

internal sealed record StoredReport(string? ApiKey, string Source, Report Report, Block Block);
