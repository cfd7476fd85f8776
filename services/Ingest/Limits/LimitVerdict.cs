namespace Exporter.Ingest.Limits;

/// <summary>Whether a request is within its limit.</summary>
internal enum LimitVerdict
{
    Within,
    Beyond,

    /// <summary>The counts that all instances share can't be reached, and the settings say to refuse then.</summary>
    Unknown,
}
