using Exporter.Reports.V1;
using Exporter.TestKit.Batches;

namespace Exporter.Faults.Destinations;

/// <summary>Few reports that make an object of more than one part of 5 MiB, so that a batch is quickly made and counted.</summary>
internal static class LargeReports
{
    public const int InBatch = 60;
    private const int NetworksInReport = 70;

    /// <summary>A byte each in a block, and six in JSON.</summary>
    private static readonly string LongName = new('\u0001', 250);

    /// <summary>The blocks of one batch.</summary>
    public static IEnumerable<IReadOnlyList<Report>> Blocks(int cell) => TestReports.Make(1000 * cell, InBatch).Select(Enlarge).Chunk(InBatch / 4);

    private static Report Enlarge(Report report)
    {
        report.WifiAccessPoints[0].Ssid = LongName;
        while (report.WifiAccessPoints.Count < NetworksInReport)
            report.WifiAccessPoints.Add(report.WifiAccessPoints[0]);
        return report;
    }
}
