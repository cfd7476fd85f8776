using System.Security.Cryptography;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.TestKit.Batches;

/// <summary>A sealed batch with its blocks in memory, for senders to deliver.</summary>
public sealed class TestBatch
{
    private TestBatch(Batch batch, MemoryBatchStore store)
    {
        Batch = batch;
        Store = store;
    }

    public Batch Batch { get; }

    public MemoryBatchStore Store { get; }

    /// <summary>The ids of its reports, which stand in <c>carrier</c>.</summary>
    public required IReadOnlyList<string> Ids { get; init; }

    /// <summary>Seals a batch of made-up reports for an export of kind s3 or geosubmit.</summary>
    public static TestBatch Seal(ExportDefinition export, int reportCount, int seed = 1, Guid? id = null)
    {
        var batchId = id ?? Guid.NewGuid();
        var sealedAt = new DateTimeOffset(2026, 3, 7, 23, 59, 0, TimeSpan.Zero);
        return Seal(export, batchId, TestReports.Make(seed, reportCount), TargetOf(export, batchId, sealedAt), sealedAt);
    }

    /// <summary>Seals a batch that holds the same block of made-up reports many times over: large, and quickly made.</summary>
    public static TestBatch SealRepeated(ExportDefinition export, int reportsPerBlock, int blocks)
    {
        var once = Seal(export, reportsPerBlock);
        var first = once.Store.Members.Single();
        var members = Enumerable.Range(0, blocks).Select(sequence => first with { Sequence = sequence }).ToList();
        var hash = members.Aggregate(MembersHash.Empty, (sum, member) => MembersHash.Append(sum.Span, member.BlockId, member.PayloadSha256.Span));
        var batch = once.Batch with
        {
            ToSequence = blocks,
            ReportCount = once.Batch.ReportCount * blocks,
            PayloadBytes = once.Batch.PayloadBytes * blocks,
            MembersSha256 = hash,
        };
        return new(batch, new(batch, members, once.Store.Payloads)) { Ids = [.. Enumerable.Repeat(once.Ids, blocks).SelectMany(ids => ids)] };
    }

    /// <summary>One attempt at it.</summary>
    public DeliveryAttempt Attempt(ExportDefinition export, int number = 1, Action? progress = null)
    {
        Store.Hold(number);
        var claim = new Claim(Batch, number, Batch.SealedAt.AddMinutes(1));
        return new(claim, export, new BatchReader(Store, Batch), new BatchParts(Store, claim, export.Name), progress ?? (() => { }));
    }

    private static TestBatch Seal(ExportDefinition export, Guid id, IEnumerable<Report> reports, ObjectTarget? target, DateTimeOffset sealedAt)
    {
        var hash = MembersHash.Empty;
        var members = new List<BatchMember>();
        var payloads = new Dictionary<Guid, byte[]>();
        var ids = new List<string>();
        foreach (var chunk in reports.Chunk(Block.MaxReports))
        {
            var payload = Pack(chunk);
            var block = Guid.CreateVersion7(sealedAt);
            var member = new BatchMember(members.Count, block, chunk.Length, SHA256.HashData(payload));
            hash = MembersHash.Append(hash.Span, block, member.PayloadSha256.Span);
            members.Add(member);
            payloads[block] = payload;
            ids.AddRange(chunk.Select(report => report.Carrier));
        }

        var batch = new Batch
        {
            Id = id,
            ExportId = export.Id,
            Partition = target is null ? "" : "gnss/test-key",
            FromSequence = 0,
            ToSequence = members.Count,
            ReportCount = ids.Count,
            PayloadBytes = payloads.Values.Sum(payload => (long)payload.Length),
            Trigger = BatchTrigger.Count,
            SealedAt = sealedAt,
            OldestAt = sealedAt.AddMinutes(-5),
            FirstObservedAt = sealedAt.AddHours(-2),
            LastObservedAt = sealedAt.AddHours(-1),
            MembersSha256 = hash,
            Target = target,
            RequestReports = export.Kind == ExportKind.Geosubmit ? export.Settings.BatchReports : null,
        };
        return new(batch, new(batch, members, payloads)) { Ids = ids };
    }

    private static ObjectTarget? TargetOf(ExportDefinition export, Guid batch, DateTimeOffset sealedAt) =>
        export.Kind == ExportKind.S3 ? ObjectTargets.Freeze(export, ReportSource.Gnss, "test-key", sealedAt, batch) : null;

    private static byte[] Pack(IEnumerable<Report> reports)
    {
        using var payload = new MemoryStream();
        payload.WriteByte(BlockCodec.Plain);
        foreach (var report in reports)
            report.WriteDelimitedTo(payload);
        return payload.ToArray();
    }
}
