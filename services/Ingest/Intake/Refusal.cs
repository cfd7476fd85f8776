using System.Globalization;
using Exporter.Delivery.Blocks;

namespace Exporter.Ingest.Intake;

/// <summary>Why a request as a whole was not taken; each door says it in its own words.</summary>
/// <param name="ErrorType">A short fixed word, for metrics.</param>
/// <param name="Detail">A sentence for people.</param>
internal abstract record Refusal(string ErrorType, string Detail)
{
    /// <summary>The store, or this instance, takes nothing in now.</summary>
    public sealed record Busy(StoreRefusal Store) : Refusal(Store.ErrorType, Store.Detail);

    /// <summary>The store failed; the reports may be stored or not.</summary>
    public sealed record Failed(TimeSpan RetryAfter) : Refusal(
        "store_failed", "The reports could not be stored. Send them again later, with an idempotency key so that none counts twice.");

    /// <summary>The API key was used too often today.</summary>
    public sealed record DailyLimit(TimeSpan RetryAfter) : Refusal("daily_limit", "You have exceeded your daily limit.");

    /// <summary>The client's address sent too much in this minute.</summary>
    public sealed record AddressLimit(TimeSpan RetryAfter) : Refusal(
        "address_limit", "Too many requests came from this address in this minute.");

    /// <summary>More reports than one request holds.</summary>
    public sealed record TooManyReports(int Most) : Refusal(
        "too_many_reports", $"A request holds at most {Most} reports. Send several requests.");

    /// <summary>Bytes that are no protobuf message of the contract.</summary>
    /// <param name="Field">Where.</param>
    public sealed record Malformed(string Field) : Refusal("malformed", "These bytes are no message of exporter.ingest.v1.")
    {
        public static readonly Malformed Request = new("");

        public static Malformed Report(int index) => new(string.Create(CultureInfo.InvariantCulture, $"reports[{index}]"));
    }

    /// <summary>The idempotency key is too long.</summary>
    public sealed record KeyTooLong(int Length) : Refusal(
        "key_too_long",
        $"An idempotency key has at most {IdempotencyRecord.MaxKeyLength} characters, found {Length}. A random UUID will do.");

    /// <summary>The idempotency key belongs to another request.</summary>
    public sealed record KeyReused() : Refusal(
        "key_reused",
        "This idempotency key was used for other reports in the last 24 hours. Use a new key for every request that is not a repeat.");
}
