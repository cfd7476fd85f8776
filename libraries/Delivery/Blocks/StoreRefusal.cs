namespace Exporter.Delivery.Blocks;

/// <summary>The store takes nothing in at the moment.</summary>
/// <param name="ErrorType">A short fixed word: store_full, store_behind, export_full, stopping.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="RetryAfter">When to try again.</param>
public sealed record StoreRefusal(string ErrorType, string Detail, TimeSpan RetryAfter);

/// <summary>Thrown when a commit was refused as a whole; nothing of it was stored.</summary>
public sealed class StoreRefusedException(StoreRefusal refusal, Exception? cause = null) : Exception(refusal.Detail, cause)
{
    /// <summary>Why, and when to try again.</summary>
    public StoreRefusal Refusal { get; } = refusal;
}
