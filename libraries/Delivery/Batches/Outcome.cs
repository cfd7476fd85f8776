namespace Exporter.Delivery.Batches;

/// <summary>How an attempt to deliver a batch ended. A sender decides, and the delivery loop obeys.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The destination has it.</summary>
    /// <param name="Receipt">What stands there now, or null where there is nothing to tell.</param>
    public sealed record Delivered(ObjectReceipt? Receipt = null) : Outcome;

    /// <summary>Not now: try later.</summary>
    /// <param name="ErrorType">A short fixed word.</param>
    /// <param name="Detail">A sentence that says what to do; without secrets.</param>
    /// <param name="Fault">Whose fault it is.</param>
    /// <param name="After">The server's own wish, which wins over the back-off; zero is at once.</param>
    public sealed record Deferred(string ErrorType, string Detail, FaultOf Fault, TimeSpan? After = null) : Outcome;

    /// <summary>Never: the batch becomes a dead letter.</summary>
    /// <param name="ErrorType">A short fixed word.</param>
    /// <param name="Detail">A sentence that says what to do; without secrets.</param>
    public sealed record Rejected(string ErrorType, string Detail) : Outcome;
}

/// <summary>Whose fault a failed attempt is (rule C2).</summary>
public enum FaultOf
{
    /// <summary>The batch's own: it alone is put back.</summary>
    Batch,

    /// <summary>The destination's: several in a row open its circuit, and its batches keep their order.</summary>
    Destination,

    /// <summary>
    /// The destination's as it is set up (credentials, certificate, address, bucket): it stays until somebody mends it, so that
    /// the circuit opens at once.
    /// </summary>
    SetUp,
}

/// <summary>An object as it stands at its destination.</summary>
/// <param name="Bytes">Size as sent.</param>
/// <param name="ETag">The store's tag, or empty.</param>
/// <param name="Sha256">Of the body as sent, in lower-case hexadecimal, or empty when another attempt wrote it.</param>
public sealed record ObjectReceipt(long Bytes, string ETag, string Sha256);
