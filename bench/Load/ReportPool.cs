using System.Buffers;
using Exporter.Geosubmit;
using Exporter.Reports.V1;
using Exporter.Samples;
using Google.Protobuf;

namespace Exporter.Bench.Load;

/// <summary>Seeded reports, no two of them alike.</summary>
internal static class ReportPool
{
    private const long Seed = 20261122;

    /// <param name="count">How many.</param>
    /// <param name="source">Given to all of them, so that they share a partition; null leaves each its own.</param>
    public static IReadOnlyList<Report> Make(int count, PositionSource? source = null)
    {
        var reports = new SampleReports(Seed, TimeProvider.System.GetUtcNow()).Next(count);
        foreach (var report in reports)
            report.Position.Source = source ?? report.Position.Source;
        return reports;
    }

    public static byte[] Json(IEnumerable<Report> reports)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write("{\"items\":["u8);
        var isFirst = true;
        foreach (var report in reports)
        {
            if (!isFirst)
                output.Write(","u8);
            GeosubmitWriter.Write(output, report);
            isFirst = false;
        }

        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Packed(IEnumerable<Report> reports)
    {
        using var output = new MemoryStream();
        foreach (var report in reports)
            report.WriteDelimitedTo(output);
        return output.ToArray();
    }
}
