using System.Buffers;
using Exporter.Geosubmit.Writing;
using Exporter.Reports.V1;

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
}
