namespace Exporter.Delivery.Queries;

/// <summary>Delivered batches whose blocks are still there, since their export retains them (rule C5).</summary>
public interface IRetainedBatchStore
{
    /// <summary>How many could be sent again, and how many reports of them.</summary>
    Task<ReportTotals> CountAsync(RetainedFilter filter, CancellationToken cancel);

    /// <summary>
    /// Sends at most <paramref name="limit"/> of them again, oldest first, under their own ids and to where they went; what an
    /// operator discarded of them stays discarded. The books take them from delivered back to waiting.
    /// </summary>
    Task<ReportTotals> ReplayAsync(RetainedFilter filter, int limit, CancellationToken cancel);
}

/// <summary>Which delivered batches are meant; what is null does not restrict.</summary>
public sealed record RetainedFilter
{
    /// <summary>Only this one.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>Only this export's.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>Only those delivered at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those delivered before this time; what is delivered while they are worked through stays out by it.</summary>
    public DateTimeOffset? To { get; init; }
}
