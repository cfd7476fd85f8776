using System.Buffers;
using Exporter.Geosubmit.Transcoding;
using Exporter.Geosubmit.Writing;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Geosubmit;

/// <summary>Writes reports as geosubmit v2 JSON.</summary>
public static class GeosubmitWriter
{
    /// <summary>
    /// Writes one report as a JSON object in UTF-8, without white space. The three arrays and <c>timestamp</c> are always there
    /// (0 for a report that was not given a time); what is absent, not finite or of an unknown enum value is left out.
    /// </summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">What.</param>
    public static void Write(IBufferWriter<byte> output, Report report)
    {
        var json = new JsonOutput(output);
        ReportJson.Write(ref json, report);
        json.Flush();
    }

    /// <summary>Writes a report from its bytes, as <see cref="Write"/> would write what they parse to, and faster.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="packedReport">One serialized <c>exporter.report.v1.Report</c>, without a length before it.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no report.</exception>
    public static void WritePacked(IBufferWriter<byte> output, ReadOnlySpan<byte> packedReport)
    {
        if (packedReport.Length <= ReportTranscoder.LongestReport)
        {
            var transcoder = new ReportTranscoder(packedReport, output.GetSpan(ReportTranscoder.Most(packedReport.Length)));
            if (transcoder.TryWrite(out var written))
            {
                output.Advance(written);
                return;
            }
        }

        Write(output, Report.Parser.ParseFrom(packedReport));
    }
}
