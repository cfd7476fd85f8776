namespace Exporter.Delivery.Blocks;

/// <summary>Remembered for 24 hours per API key, in the transaction that stores the reports (rule B3).</summary>
/// <param name="Key">The client's key, 1 to 128 characters.</param>
/// <param name="RequestSha256">SHA-256 of the request's unpacked body, 32 bytes, to tell a repeat from a reused key.</param>
/// <param name="Answer">The answer that a repeat gets, as a packed <c>SubmitReportsResponse</c>.</param>
public sealed record IdempotencyRecord(string Key, ReadOnlyMemory<byte> RequestSha256, ReadOnlyMemory<byte> Answer)
{
    /// <summary>How long a key is remembered.</summary>
    public static readonly TimeSpan RememberedFor = TimeSpan.FromHours(24);

    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 128;
}
