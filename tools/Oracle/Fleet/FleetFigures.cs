using Exporter.Oracle.Checks;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Fleet;

/// <summary>Sums over all stores of a run.</summary>
internal sealed class FleetFigures
{
    public long Submitted { get; private set; }

    public long Acknowledged { get; private set; }

    public List<Finding> Findings { get; } = [];

    public int Of(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);

    public void Add(Journal journal)
    {
        Submitted += journal.ReportCount;
        Acknowledged += journal.AcknowledgedCount;
    }
}
