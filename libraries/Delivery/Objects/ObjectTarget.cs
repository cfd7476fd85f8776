namespace Exporter.Delivery.Objects;

/// <summary>Where a batch's object goes and how it is written, frozen at sealing (rule S5).</summary>
/// <param name="Location">s3://bucket/key or file:///path, without placeholders.</param>
/// <param name="Format">The body's format.</param>
/// <param name="Compression">The body's compression.</param>
/// <param name="Level">How hard gzip tries.</param>
public sealed record ObjectTarget(string Location, ObjectFormat Format, ObjectCompression Compression, GzipLevel Level);
