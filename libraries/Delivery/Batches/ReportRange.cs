namespace Exporter.Delivery.Batches;

/// <summary>A run of a batch's reports, by their indices in the batch's fixed order (rule C5).</summary>
/// <param name="From">Index of the first, from 0.</param>
/// <param name="To">Behind the last.</param>
public readonly record struct ReportRange(long From, long To)
{
    /// <summary>Number of reports.</summary>
    public long Count => To - From;

    /// <summary>As idempotency keys and sentences have it.</summary>
    public override string ToString() => $"{From}-{To}";

    /// <summary>What is left of a batch: the runs between those that are settled.</summary>
    /// <param name="reportCount">Reports in the batch.</param>
    /// <param name="settled">Disjoint, in order.</param>
    public static IReadOnlyList<ReportRange> Gaps(long reportCount, IReadOnlyList<ReportRange> settled)
    {
        var gaps = new List<ReportRange>();
        var from = 0L;
        foreach (var range in settled)
        {
            if (range.From > from)
                gaps.Add(new(from, range.From));
            from = Math.Max(from, range.To);
        }

        if (from < reportCount)
            gaps.Add(new(from, reportCount));
        return gaps;
    }
}
