using System.Buffers;
using System.Text;
using Exporter.Geosubmit;
using Exporter.Reports.V1;

namespace Exporter.Cli.Reports;

internal static class ReportJson
{
    public static string Of(Report report)
    {
        var json = new ArrayBufferWriter<byte>();
        GeosubmitWriter.Write(json, report);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
