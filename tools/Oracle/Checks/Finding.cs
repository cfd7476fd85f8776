namespace Exporter.Oracle.Checks;

/// <summary>Something that should not be.</summary>
/// <param name="Kind">What.</param>
/// <param name="Where">An export, a client or a process.</param>
/// <param name="Detail">A sentence.</param>
/// <param name="Id">The report concerned.</param>
internal sealed record Finding(FindingKind Kind, string Where, string Detail, long? Id = null);
