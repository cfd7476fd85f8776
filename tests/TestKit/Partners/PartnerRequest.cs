namespace Exporter.TestKit.Partners;

/// <summary>A request as a partner saw it.</summary>
/// <param name="Key">Its Idempotency-Key, or empty.</param>
/// <param name="Ids">Of the reports in it, in order.</param>
/// <param name="Text">The body, unpacked.</param>
/// <param name="PackedBytes">Size of the body as it came.</param>
/// <param name="Headers">In lower case.</param>
/// <param name="Query">With its question mark.</param>
/// <param name="Protocol">HTTP/1.1 or HTTP/2.</param>
/// <param name="Connection">The connection's id.</param>
public sealed record PartnerRequest(
    string Key, IReadOnlyList<string> Ids, string Text, int PackedBytes, IReadOnlyDictionary<string, string> Headers, string Query, string Protocol, string Connection);
