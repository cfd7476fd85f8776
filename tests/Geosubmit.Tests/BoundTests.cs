using Exporter.Ingest.V1;

namespace Exporter.Geosubmit;

public sealed class BoundTests
{
    [Fact]
    public void Ten_thousand_reports_are_taken_and_one_more_is_too_many()
    {
        TestBodies.Document(Reports(10_000)).Accepted.Count.ShouldBe(10_000);
        TestBodies.Read(Reports(10_001)).ShouldBe(new GeosubmitReading.TooManyItems(10_000));
    }

    [Fact]
    public void Behind_too_many_reports_nothing_is_read() =>
        TestBodies.Read(Reports(10_001)[..^2] + ",broken").ShouldBeOfType<GeosubmitReading.TooManyItems>();

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    [InlineData(100_000, false)]
    public void Nesting_ends_at_64_levels(int arrays, bool taken)
    {
        var reading = TestBodies.Read($$"""{"items":[{"x":1}],"deep":{{new string('[', arrays + 1)}}{{new string(']', arrays + 1)}}}""");

        if (taken)
            reading.ShouldBeOfType<GeosubmitReading.Document>();
        else
            reading.ShouldBe(new GeosubmitReading.ParseError("The body is nested more than 64 levels deep.", null));
    }

    [Fact]
    public void A_thousand_networks_are_taken_and_one_more_refuses_the_report()
    {
        TestBodies.Report(Networks(400, 600)).CellTowers.Count.ShouldBe(400);

        var rejected = TestBodies.Rejected(Networks(400, 601));
        rejected.FieldPath.ShouldBe("wifiAccessPoints");
        rejected.Reason.ShouldBe(RejectReason.TooManyNetworks);
        rejected.Detail.ShouldBe("The report holds more than 1000 networks.");
    }

    [Fact]
    public void Too_many_networks_are_no_wrong_type() =>
        TestBodies.Document($$"""{"items":[{{Networks(500, 501)}}]}""").Rejected.ShouldHaveSingleItem();

    [Fact]
    public void Details_name_at_most_a_hundred_places()
    {
        var reports = string.Join(',', Enumerable.Repeat("""{"carrier":1}""", 10_000));

        TestBodies.Refused($$"""{"items":[{{reports}}]}""").Validation.ShouldNotBeNull().Count.ShouldBe(100);
    }

    [Fact]
    public void Faults_without_number_cost_no_memory_and_are_not_taken_back()
    {
        var bad = string.Join(',', Enumerable.Repeat("\"x\"", 100_000));

        TestBodies.Rejected($$"""{"cellTowers":[{{bad}}],"cellTowers":[]}""").FieldPath.ShouldBe("cellTowers.0");
    }

    private static string Reports(int count) => $$"""{"items":[{{string.Join(',', Enumerable.Repeat("{}", count))}}]}""";

    private static string Networks(int cells, int wifis) =>
        $$"""
        {"cellTowers":[{{string.Join(',', Enumerable.Repeat("{}", cells))}}],
         "wifiAccessPoints":[{{string.Join(',', Enumerable.Repeat("""{"macAddress":"a"}""", wifis))}}]}
        """;
}
