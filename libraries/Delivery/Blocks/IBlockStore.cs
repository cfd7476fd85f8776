namespace Exporter.Delivery.Blocks;

/// <summary>Where Ingest puts reports.</summary>
public interface IBlockStore
{
    /// <summary>Stores the submissions in one durable transaction and returns when it is on disk.</summary>
    /// <returns>One receipt a submission, in order.</returns>
    /// <exception cref="StoreRefusedException">The store is full or behind. Nothing was stored; trying again later may work.</exception>
    Task<IReadOnlyList<CommitReceipt>> CommitAsync(IReadOnlyList<Submission> submissions, CancellationToken cancel);

    /// <summary>Why new reports can't be taken now, or null. Cheap: asked before every request.</summary>
    StoreRefusal? Refusal { get; }
}
