namespace Exporter.Delivery.Exports;

/// <summary>The export configurations; saved ones were validated before.</summary>
public interface IExportStore
{
    /// <summary>All exports and their revision, read in one statement's view.</summary>
    Task<ExportSnapshot> LoadAsync(CancellationToken cancel);

    /// <summary>The present revision.</summary>
    Task<long> ReadRevisionAsync(CancellationToken cancel);

    /// <summary>Adds an export.</summary>
    Task<SaveResult> CreateAsync(ExportDefinition export, CancellationToken cancel);

    /// <summary>Replaces name, enabled and settings of an export.</summary>
    Task<SaveResult> UpdateAsync(ExportDefinition export, CancellationToken cancel);

    /// <summary>Records what a check found out about conditional writes.</summary>
    Task RecordCheckAsync(Guid id, ConditionalPut found, CancellationToken cancel);

    /// <summary>
    /// Removes an export with everything that waits for it, when exactly <paramref name="discardCount"/> reports are
    /// waiting, in flight or dead (rule S5).
    /// </summary>
    /// <returns>The number that stands there; equal to <paramref name="discardCount"/> when it was removed. Null: no such export.</returns>
    Task<long?> DeleteAsync(Guid id, long discardCount, CancellationToken cancel);

    /// <summary>Number of reports that wait unsealed and match the skip rules (rule S2).</summary>
    Task<long> CountUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel);

    /// <summary>Takes unsealed reports that match the skip rules out, counted as discarded; returns how many.</summary>
    Task<long> DiscardUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel);

    /// <summary>Freezes the present destination into sealed batches without an attempt (rule S5).</summary>
    /// <returns>Batches moved, and batches kept because they were attempted.</returns>
    Task<(long Moved, long Kept)> MoveWaitingAsync(Guid id, CancellationToken cancel);
}

/// <summary>How saving an export ended.</summary>
public enum SaveResult
{
    /// <summary>Saved.</summary>
    Saved,

    /// <summary>Another export has the name.</summary>
    NameTaken,

    /// <summary>There is an internal export already, and one is the most.</summary>
    SecondInternal,

    /// <summary>There is no such export.</summary>
    NotFound,
}
