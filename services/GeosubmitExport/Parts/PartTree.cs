using Exporter.Delivery.Batches;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>
/// How a batch is cut: into cells of the same number of reports, and each cell into halves of halves as far as need be. So a part
/// that is sent again after a crash is the same part, with the same Idempotency-Key, whatever was settled beside it.
/// </summary>
internal static class PartTree
{
    /// <summary>Of a request of a batch that was sealed by age only: what our own Ingest takes at most.</summary>
    public const int ReportsWithoutLimit = 10_000;

    /// <summary>The largest parts that lie within the gaps, in order.</summary>
    /// <param name="batch">Whose reports.</param>
    /// <param name="gaps">What is not settled.</param>
    public static IEnumerable<ReportRange> Parts(Batch batch, IReadOnlyList<ReportRange> gaps)
    {
        var size = batch.RequestReports is > 0 and var most ? most : ReportsWithoutLimit;
        foreach (var gap in gaps)
        {
            for (var from = gap.From / size * size; from < gap.To; from += size)
            {
                foreach (var part in Within(new(from, Math.Min(from + size, batch.ReportCount)), gap))
                    yield return part;
            }
        }
    }

    /// <summary>A part of two reports or more, in two.</summary>
    public static (ReportRange Left, ReportRange Right) Halves(ReportRange part)
    {
        var middle = part.From + (part.Count + 1) / 2;
        return (new(part.From, middle), new(middle, part.To));
    }

    private static IEnumerable<ReportRange> Within(ReportRange part, ReportRange gap)
    {
        if (part.From >= gap.To || part.To <= gap.From)
            return [];
        if (part.From >= gap.From && part.To <= gap.To)
            return [part];

        var (left, right) = Halves(part);
        return Within(left, gap).Concat(Within(right, gap));
    }
}
