namespace Exporter.Storage.Routing;

/// <summary>What routing needs of a block; observation times are milliseconds since the Unix epoch.</summary>
internal sealed record RoutedBlock(
    Guid Id,
    string? ApiKey,
    string Source,
    int ReportCount,
    long PayloadBytes,
    byte[] PayloadSha256,
    DateTimeOffset ReceivedAt,
    long FirstObservedAt,
    long LastObservedAt);
