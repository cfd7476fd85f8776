using Exporter.Ingest.V1;

namespace Exporter.Ingest.Policy;

/// <summary>What becomes of a report: accepted, dropped for a reason, or rejected for a reason at a place.</summary>
internal readonly record struct Verdict(
    DropReason Drop, RejectReason Reject, Place Where, long ObservedAtMilliseconds)
{
    public bool IsAccepted => Drop == DropReason.Unspecified && Reject == RejectReason.Unspecified;

    public static Verdict Accepted(long observedAtMilliseconds) => new(default, default, default, observedAtMilliseconds);

    public static Verdict Dropped(DropReason reason) => new(reason, default, default, 0);

    public static Verdict Rejected(RejectReason reason, Place where) => new(default, reason, where, 0);
}
