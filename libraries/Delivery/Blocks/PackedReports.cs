namespace Exporter.Delivery.Blocks;

/// <summary>Reports of one source, each a length-delimited protobuf <c>exporter.report.v1.Report</c>, one after the other.</summary>
/// <param name="Source">gnss, fused, fixed or query: see <see cref="ReportSource"/>.</param>
/// <param name="Bytes">The packed reports.</param>
/// <param name="Marks">One entry a report, in order.</param>
public sealed record PackedReports(string Source, ReadOnlyMemory<byte> Bytes, IReadOnlyList<ReportMark> Marks);

/// <summary>Where a report ends in its <see cref="PackedReports"/>, and when it was observed.</summary>
/// <param name="End">Offset behind the report's last byte.</param>
/// <param name="ObservedAtMilliseconds">Milliseconds since the Unix epoch.</param>
public readonly record struct ReportMark(int End, long ObservedAtMilliseconds);
