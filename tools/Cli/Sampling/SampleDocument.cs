using System.Buffers;
using Exporter.Geosubmit;
using Exporter.Reports.V1;

namespace Exporter.Cli.Sampling;

// Geosubmit v2 as one document, or one report a line.
internal static class SampleDocument
{
    public static void Write(Stream output, IEnumerable<Report> reports)
    {
        output.Write("{\"items\":["u8);
        var isFirst = true;
        foreach (var report in reports)
        {
            output.Write(isFirst ? "\n"u8 : ",\n"u8);
            WriteReport(output, report);
            isFirst = false;
        }

        output.Write("\n]}\n"u8);
    }

    public static void WriteLines(Stream output, IEnumerable<Report> reports)
    {
        foreach (var report in reports)
        {
            WriteReport(output, report);
            output.Write("\n"u8);
        }
    }

    private static void WriteReport(Stream output, Report report)
    {
        var json = new ArrayBufferWriter<byte>(4096);
        GeosubmitWriter.Write(json, report);
        output.Write(json.WrittenSpan);
    }
}
