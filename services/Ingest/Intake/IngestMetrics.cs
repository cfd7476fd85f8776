using System.Diagnostics;
using System.Diagnostics.Metrics;
using Exporter.Delivery.Blocks;
using Exporter.Ingest.V1;

namespace Exporter.Ingest.Intake;

/// <summary>What Ingest counts. A repeat that got its first answer counts nothing: its reports were counted then.</summary>
internal sealed class IngestMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> reports;
    private readonly Counter<long> io;

    public IngestMetrics(IMeterFactory meters, GroupCommitter committer)
    {
        meter = meters.Create("Exporter");
        reports = meter.CreateCounter<long>("exporter.ingest.reports", "{report}", "Reports by what became of them.");
        io = meter.CreateCounter<long>("exporter.ingest.io", "By", "Bytes of bodies and messages, as they were received.");
        meter.CreateObservableUpDownCounter(
            "exporter.ingest.commit.size", () => committer.HeldBytes, "By", "Bytes that wait for a commit or are in one.");
        meter.CreateObservableUpDownCounter(
            "exporter.ingest.commit.capacity", () => committer.CapacityBytes, "By", "The bound on exporter.ingest.commit.size.");
    }

    public void Received(Door door, long bytes) =>
        io.Add(bytes, new KeyValuePair<string, object?>("exporter.protocol", door.Protocol));

    public void Answered(Door door, Parcel parcel, SubmitReportsResponse answer)
    {
        Add(door, answer.AcceptedCount, "accepted");
        Add(door, answer.SampledOutCount, "sampled_out");
        foreach (var dropped in answer.Dropped)
            Add(door, dropped.Count, "dropped", NameOf(dropped.Reason));
        foreach (var rejected in parcel.Rejected)
            Add(door, 1, "rejected", NameOf(rejected.Reason));
    }

    public void Refused(Door door, int reportCount, Refusal refusal) => Add(door, reportCount, "refused", refusal.ErrorType);

    public void Dispose() => meter.Dispose();

    private void Add(Door door, int count, string outcome, string? errorType = null)
    {
        if (count == 0)
            return;

        var tags = new TagList { { "exporter.protocol", door.Protocol }, { "exporter.outcome", outcome } };
        if (errorType is not null)
            tags.Add("error.type", errorType);
        reports.Add(count, tags);
    }

    private static string NameOf(DropReason reason) => reason switch
    {
        DropReason.TooOld => "too_old",
        DropReason.InFuture => "in_future",
        DropReason.Privacy => "privacy",
        _ => "no_networks",
    };

    private static string NameOf(RejectReason reason) => reason switch
    {
        RejectReason.OutOfRange => "out_of_range",
        RejectReason.TooManyNetworks => "too_many_networks",
        RejectReason.StringTooLong => "string_too_long",
        _ => "invalid_type",
    };
}
