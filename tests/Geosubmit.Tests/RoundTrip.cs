using System.Buffers;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

internal static class RoundTrip
{
    /// <summary>Writes reports as one body and reads them: they must all be there, unchanged.</summary>
    public static void Of(IReadOnlyList<Report> reports)
    {
        var body = new ArrayBufferWriter<byte>();
        body.Write("{\"items\":["u8);
        for (var i = 0; i < reports.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            GeosubmitWriter.Write(body, reports[i]);
        }

        body.Write("]}"u8);
        var later = TestBodies.Now.AddDays(1);
        var document = GeosubmitReader.Read(body.WrittenSpan, GeosubmitVersion.V2, later).ShouldBeOfType<GeosubmitReading.Document>();
        document.Rejected.ShouldBeEmpty();
        document.Accepted.Count.ShouldBe(reports.Count);
        foreach (var (index, report) in document.Accepted)
            report.Equals(reports[index]).ShouldBeTrue($"Report {index} was {reports[index]} and came back as {report}.");
    }
}
