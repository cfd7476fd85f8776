using System.Text;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

/// <summary>Reads texts as bodies, at a fixed time.</summary>
internal static class TestBodies
{
    public const long NowMilliseconds = 1_800_000_000_123;

    public static DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeMilliseconds(NowMilliseconds);

    public static GeosubmitReading Read(string json, GeosubmitVersion version = GeosubmitVersion.V2) =>
        GeosubmitReader.Read(Encoding.UTF8.GetBytes(json), version, Now);

    public static GeosubmitReading.Document Document(string json, GeosubmitVersion version = GeosubmitVersion.V2) =>
        Read(json, version).ShouldBeOfType<GeosubmitReading.Document>();

    public static GeosubmitReading.ParseError Refused(string json, GeosubmitVersion version = GeosubmitVersion.V2) =>
        Read(json, version).ShouldBeOfType<GeosubmitReading.ParseError>();

    /// <summary>Reads one report that must be accepted.</summary>
    public static Report Report(string report, GeosubmitVersion version = GeosubmitVersion.V2) =>
        Document($$"""{"items":[{{report}}]}""", version).Accepted.ShouldHaveSingleItem().Report;

    /// <summary>Reads one report that must be refused; a good one beside it keeps the body from being refused whole.</summary>
    public static RejectedReport Rejected(string report, GeosubmitVersion version = GeosubmitVersion.V2)
    {
        var document = Document($$"""{"items":[{},{{report}}]}""", version);
        document.ItemCount.ShouldBe(2);
        document.Accepted.ShouldHaveSingleItem().Index.ShouldBe(0);
        var rejected = document.Rejected.ShouldHaveSingleItem();
        rejected.Index.ShouldBe(1);
        return rejected;
    }

    public static CellTower Cell(string fields, GeosubmitVersion version = GeosubmitVersion.V2) =>
        Report($$$"""{"{{{(version == GeosubmitVersion.V0 ? "cell" : "cellTowers")}}}":[{{{{fields}}}}]}""", version)
            .CellTowers.ShouldHaveSingleItem();

    public static Position? Position(string fields) => Report($$$"""{"position":{{{{fields}}}}}""").Position;

    public static long ObservedMilliseconds(Report report) =>
        report.ObservedAt.Seconds * 1000 + report.ObservedAt.Nanos / 1_000_000;
}
