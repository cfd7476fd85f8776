namespace Exporter.Delivery.Blocks;

/// <summary>The submissions of one stream, in order: once one of them is refused, none after it is stored (rule B1).</summary>
public sealed class CommitLane
{
    private volatile bool closed;

    /// <summary>Whether a submission of this lane was refused, so that nothing more of it is stored.</summary>
    public bool IsClosed => closed;

    /// <summary>The commit that holds a submission of this lane with an idempotency key; later ones wait for its receipt.</summary>
    internal long KeyedCommit { get; set; }

    /// <summary>Lets nothing more of this lane be stored but what is in a commit already.</summary>
    public void Close() => closed = true;
}
