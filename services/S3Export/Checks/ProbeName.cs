namespace Exporter.S3Export.Checks;

/// <summary>What probe objects are called and hold.</summary>
internal static class ProbeName
{
    /// <summary>Hidden from most listings, and never the name of a batch.</summary>
    public static string New() => $".exporter-probe-{Guid.NewGuid():D}";

    public static ReadOnlySpan<byte> Body => "{\"items\":[]}"u8;
}
