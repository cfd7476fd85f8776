using Exporter.Delivery.Blocks;
using Exporter.Geosubmit;
using Exporter.Ingest.Policy;
using Exporter.Ingest.V1;
using Exporter.Ingest.Wire;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Ingest.Intake;

/// <summary>The reports of one request, judged one by one and packed by source.</summary>
/// <param name="policy">What is taken.</param>
/// <param name="names">What the client calls a report's fields.</param>
/// <param name="nowMilliseconds">When the request arrived, since the Unix epoch.</param>
internal sealed class Parcel(ReportPolicy policy, FieldNames names, long nowMilliseconds) : IReportSink, IDisposable
{
    private readonly PackBuffer?[] bufferBySource = new PackBuffer?[(int)PositionSource.Query + 1];
    private readonly int[] countByDrop = new int[(int)DropReason.Privacy + 1];
    private readonly List<RejectedReport> rejected = [];

    public int ReportCount { get; private set; }

    public int AcceptedCount { get; private set; }

    public IReadOnlyList<RejectedReport> Rejected => rejected;

    public IReadOnlyList<PackedReports> Groups => [.. bufferBySource.OfType<PackBuffer>().Select(buffer => buffer.Packed)];

    public int CountOf(DropReason reason) => countByDrop[(int)reason];

    public void Accept(int index, Report report)
    {
        var verdict = policy.Judge(report, nowMilliseconds);
        if (verdict.IsAccepted)
            BufferOf(report.Position?.Source ?? default).Add(report, verdict.ObservedAtMilliseconds);
        Count(index, verdict);
    }

    /// <summary>Adds a report as it came over the wire; false when it is no report at all.</summary>
    public bool TryAdd(int index, ReadOnlySpan<byte> report)
    {
        var plain = new WireReport(policy.Time, nowMilliseconds);
        if (plain.IsPlain(report))
        {
            BufferOf(plain.Source).Add(report, plain.ObservedAtMilliseconds);
            Count(index, Verdict.Accepted(plain.ObservedAtMilliseconds));
            return true;
        }

        if (Parsed(report) is not { } parsed)
            return false;
        Accept(index, parsed);
        return true;
    }

    public void Reject(RejectedReport report)
    {
        ReportCount++;
        rejected.Add(report);
    }

    public SubmitReportsResponse Answer(bool sampledOut)
    {
        var answer = new SubmitReportsResponse
        {
            AcceptedCount = sampledOut ? 0 : AcceptedCount,
            SampledOutCount = sampledOut ? AcceptedCount : 0,
        };
        for (var reason = DropReason.NoNetworks; reason <= DropReason.Privacy; reason++)
        {
            if (CountOf(reason) > 0)
                answer.Dropped.Add(new DroppedReports { Reason = reason, Count = CountOf(reason) });
        }

        answer.RejectedReports.AddRange(rejected.OrderBy(report => report.Index));
        return answer;
    }

    public void Restart()
    {
        (ReportCount, AcceptedCount) = (0, 0);
        Array.Clear(countByDrop);
        rejected.Clear();
        Dispose();
    }

    public void Dispose()
    {
        foreach (var buffer in bufferBySource)
            buffer?.Dispose();
        Array.Clear(bufferBySource);
    }

    private void Count(int index, in Verdict verdict)
    {
        if (verdict.Reject != RejectReason.Unspecified)
        {
            Reject(new()
            {
                Index = index,
                FieldPath = names.PathOf(verdict.Where),
                Reason = verdict.Reject,
                Detail = Sentences.For(verdict.Reject),
            });
            return;
        }

        ReportCount++;
        if (verdict.IsAccepted)
            AcceptedCount++;
        else
            countByDrop[(int)verdict.Drop]++;
    }

    private static Report? Parsed(ReadOnlySpan<byte> report)
    {
        try
        {
            return Report.Parser.ParseFrom(report);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IndexOutOfRangeException)
        {
            // Google.Protobuf 3.25.1 reads beyond its buffer where a length is near 2^31.
            return null;
        }
    }

    private PackBuffer BufferOf(PositionSource source)
    {
        var index = source is > PositionSource.Gnss and <= PositionSource.Query ? source : PositionSource.Gnss;
        return bufferBySource[(int)index] ??= new PackBuffer(index);
    }
}
