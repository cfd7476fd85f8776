using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Ingest.Policy;

/// <summary>Decides about one report and takes out of it what may not be kept (rule I1); all else passes unchanged.</summary>
internal sealed class ReportPolicy(TimeSpan maxAge)
{
    public const int MaxNetworks = 1000;

    public TimeRule Time { get; } = new(maxAge);

    public Verdict Judge(Report report, long nowMilliseconds)
    {
        if (PositionRule.Fault(report.Position) is { } outside)
            return Verdict.Rejected(RejectReason.OutOfRange, outside);
        if (TooManyNetworks(report) is { } list)
            return Verdict.Rejected(RejectReason.TooManyNetworks, list);
        if (TextRule.Fault(report) is { } text)
            return Verdict.Rejected(RejectReason.StringTooLong, text);

        var observedAt = TimeRule.ReadOrSet(report, nowMilliseconds);
        var drop = Time.Drop(observedAt, nowMilliseconds);
        if (drop == DropReason.Unspecified)
            drop = NetworkRule.Apply(report);
        return drop == DropReason.Unspecified ? Verdict.Accepted(observedAt) : Verdict.Dropped(drop);
    }

    private static Place? TooManyNetworks(Report report)
    {
        var (beacons, cells, wifis) = (report.BluetoothBeacons.Count, report.CellTowers.Count, report.WifiAccessPoints.Count);
        if ((long)beacons + cells + wifis <= MaxNetworks)
            return null;

        var most = Math.Max(beacons, Math.Max(cells, wifis));
        return new(most == wifis ? ReportField.Wifis : most == cells ? ReportField.Cells : ReportField.Beacons);
    }
}
