namespace Exporter.Oracle.Submissions;

/// <summary>One report as it was handed in.</summary>
/// <param name="Id">Stands in the report.</param>
/// <param name="Request">What it was handed in with.</param>
/// <param name="Source">The position's source.</param>
/// <param name="Json">What must come out.</param>
internal sealed record SubmittedReport(long Id, SubmittedRequest Request, string Source, byte[] Json);
