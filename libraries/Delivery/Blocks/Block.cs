namespace Exporter.Delivery.Blocks;

/// <summary>Up to 1,000 reports of one API key and source, stored once whatever the number of exports.</summary>
/// <param name="Id">UUID version 7.</param>
/// <param name="ApiKey">Null for anonymous reports.</param>
/// <param name="Source">See <see cref="ReportSource"/>.</param>
/// <param name="ReportCount">From 1 to <see cref="MaxReports"/>.</param>
/// <param name="Payload">A codec byte and the packed reports: see <see cref="BlockCodec"/>.</param>
/// <param name="PayloadSha256">SHA-256 of <paramref name="Payload"/>, 32 bytes.</param>
/// <param name="FirstObservedAtMilliseconds">Of the report observed first, since the Unix epoch.</param>
/// <param name="LastObservedAtMilliseconds">Of the report observed last, since the Unix epoch.</param>
public sealed record Block(
    Guid Id,
    string? ApiKey,
    string Source,
    int ReportCount,
    ReadOnlyMemory<byte> Payload,
    ReadOnlyMemory<byte> PayloadSha256,
    long FirstObservedAtMilliseconds,
    long LastObservedAtMilliseconds)
{
    /// <summary>The most reports in a block.</summary>
    public const int MaxReports = 1000;

    /// <summary>The most packed bytes in a block, but for a single report that is larger.</summary>
    public const int MaxBytes = 1024 * 1024;
}
