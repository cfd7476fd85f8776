namespace Exporter.Delivery.Queries;

/// <summary>Reports that could not be delivered, kept with their cause until an operator decides (rule C5).</summary>
public interface IDeadLetterStore
{
    /// <summary>Open dead letters, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those with a smaller id; null: from the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task<IReadOnlyList<DeadLetter>> ListAsync(DeadLetterFilter filter, long? before, int limit, CancellationToken cancel);

    /// <summary>How many there are, and how many reports they hold.</summary>
    Task<ReportTotals> CountAsync(DeadLetterFilter filter, CancellationToken cancel);

    /// <summary>One open dead letter, or null.</summary>
    Task<DeadLetter?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The first <paramref name="limit"/> reports of a dead letter, each a protobuf report.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel);

    /// <summary>
    /// Sends at most <paramref name="limit"/> dead letters again, oldest first: their batches go back to their queue, where what
    /// else of them is settled stays settled. The attempt number goes on, so that no late comer meets his own (rule C1).
    /// </summary>
    Task<ReportTotals> ReplayAsync(DeadLetterFilter filter, int limit, CancellationToken cancel);

    /// <summary>Gives at most <paramref name="limit"/> dead letters up, oldest first, counted as discarded.</summary>
    Task<ReportTotals> DiscardAsync(DeadLetterFilter filter, int limit, CancellationToken cancel);
}

/// <summary>Which dead letters are meant; what is null or empty does not restrict.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>All.</summary>
    public static DeadLetterFilter All { get; } = new();

    /// <summary>Only these; empty: all. At most 1,000.</summary>
    public IReadOnlyList<long> Ids { get; init; } = [];

    /// <summary>Only this export's.</summary>
    public Guid? ExportId { get; init; }

    /// <summary>Only those of this cause: the short fixed word.</summary>
    public string? ErrorType { get; init; }

    /// <summary>Only those made at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those made before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only ids up to this one, so that what is made while they are worked through is left out.</summary>
    public long? LastId { get; init; }
}

/// <summary>A run of reports of one batch that could not be delivered.</summary>
/// <param name="Id">Grows.</param>
/// <param name="BatchId">Whose.</param>
/// <param name="ExportId">Whose.</param>
/// <param name="FromReport">Index of the first, in the batch's order.</param>
/// <param name="ToReport">Behind the last.</param>
/// <param name="ErrorType">A short fixed word.</param>
/// <param name="ErrorDetail">A sentence.</param>
/// <param name="CreatedAt">When: the time of the last attempt.</param>
public sealed record DeadLetter(
    long Id, Guid BatchId, Guid ExportId, long FromReport, long ToReport, string ErrorType, string ErrorDetail, DateTimeOffset CreatedAt)
{
    /// <summary>When the batch was first attempted.</summary>
    public DateTimeOffset FirstAttemptAt { get; init; } = CreatedAt;

    /// <summary>Attempts at the batch, with those before a replay.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Its reports.</summary>
    public ReportTotals Totals => new(1, ToReport - FromReport);
}

/// <summary>How many dead letters or batches, and how many reports in them.</summary>
public readonly record struct ReportTotals(long Items, long Reports)
{
    /// <summary>Both sums.</summary>
    public static ReportTotals operator +(ReportTotals one, ReportTotals other) => new(one.Items + other.Items, one.Reports + other.Reports);

    /// <summary>Both sums.</summary>
    public static ReportTotals Add(ReportTotals one, ReportTotals other) => one + other;
}
