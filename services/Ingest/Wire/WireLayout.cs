namespace Exporter.Ingest.Wire;

/// <summary>Which fields of a request message hold what; 0 where it holds none.</summary>
internal sealed record WireLayout(uint SequenceNumberTag, uint ReportTag, uint IdempotencyKeyTag)
{
    /// <summary>SubmitReportsRequest.</summary>
    public static readonly WireLayout Submit = new(0, 1 << 3 | WireReader.Bytes, 0);

    /// <summary>StreamReportsRequest.</summary>
    public static readonly WireLayout Stream = new(1 << 3, 2 << 3 | WireReader.Bytes, 3 << 3 | WireReader.Bytes);
}
