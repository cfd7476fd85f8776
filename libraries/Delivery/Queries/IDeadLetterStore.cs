namespace Exporter.Delivery.Queries;

/// <summary>Reports that could not be delivered, kept with their cause until an operator decides (rule C5).</summary>
public interface IDeadLetterStore
{
    /// <summary>Open dead letters, newest first.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync(Guid? exportId, long? before, int limit, CancellationToken cancel);

    /// <summary>One open dead letter, or null.</summary>
    Task<DeadLetter?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The first <paramref name="limit"/> reports of a dead letter, each a protobuf report.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadReportsAsync(DeadLetter letter, int limit, CancellationToken cancel);

    /// <summary>Sends dead letters again: whole batches go back to their queue under their own id. Returns the reports.</summary>
    Task<long> ReplayAsync(IReadOnlyList<long> ids, CancellationToken cancel);

    /// <summary>Gives dead letters up, counted as discarded. Returns the reports.</summary>
    Task<long> DiscardAsync(IReadOnlyList<long> ids, CancellationToken cancel);
}

/// <summary>A run of reports of one batch that could not be delivered.</summary>
/// <param name="Id">Grows.</param>
/// <param name="BatchId">Whose.</param>
/// <param name="ExportId">Whose.</param>
/// <param name="FromReport">Index of the first, in the batch's order.</param>
/// <param name="ToReport">Behind the last.</param>
/// <param name="ErrorType">A short fixed word.</param>
/// <param name="ErrorDetail">A sentence.</param>
/// <param name="CreatedAt">When.</param>
public sealed record DeadLetter(
    long Id, Guid BatchId, Guid ExportId, long FromReport, long ToReport, string ErrorType, string ErrorDetail, DateTimeOffset CreatedAt);
