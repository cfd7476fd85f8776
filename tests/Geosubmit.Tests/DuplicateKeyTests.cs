namespace Exporter.Geosubmit;

/// <summary>Of equal names the last one counts, its faults too.</summary>
public sealed class DuplicateKeyTests
{
    [Fact]
    public void The_last_value_counts()
    {
        var report = TestBodies.Report(
            """
            {"carrier":"a","carrier":"b","position":{"latitude":1,"longitude":2},"position":{"latitude":3},
             "wifiAccessPoints":[{"macAddress":"a"},{"macAddress":"b"}],
             "wifiAccessPoints":[{"macAddress":"c","macAddress":"d","age":1,"age":null}]}
            """);

        report.Carrier.ShouldBe("b");
        report.Position.ShouldBe(new() { LatitudeDegrees = 3 });
        report.WifiAccessPoints.ShouldHaveSingleItem().ShouldBe(new() { MacAddress = "d" });
    }

    [Theory]
    [InlineData("""{"carrier":1,"carrier":"b"}""")]
    [InlineData("""{"carrier":1,"carrier":null}""")]
    [InlineData("""{"position":{"age":"x"},"position":null}""")]
    [InlineData("""{"position":{"age":"x","age":1}}""")]
    [InlineData("""{"position":1,"position":{}}""")]
    [InlineData("""{"wifiAccessPoints":[{"age":"x"},1],"wifiAccessPoints":[]}""")]
    [InlineData("""{"wifiAccessPoints":null,"wifiAccessPoints":[]}""")]
    [InlineData("""{"cellTowers":[{"age":"x","age":2}]}""")]
    [InlineData("""{"timestamp":"x","timestamp":0}""")]
    public void A_fault_is_taken_back_by_a_later_value(string report) => TestBodies.Report(report).ShouldNotBeNull();

    [Theory]
    [InlineData("""{"carrier":"b","carrier":1}""", "carrier")]
    [InlineData("""{"position":{"age":"x"},"age":1}""", "position.age")]
    [InlineData("""{"cellTowers":[{"age":"x"},{"age":1}]}""", "cellTowers.0.age")]
    [InlineData("""{"cellTowers":[{"age":"x"}],"bluetoothBeacons":[]}""", "cellTowers.0.age")]
    public void A_fault_stays_where_no_later_value_stands(string report, string path) =>
        TestBodies.Rejected(report).FieldPath.ShouldBe(path);

    [Fact]
    public void The_last_items_count()
    {
        TestBodies.Document("""{"items":[1,2],"items":[{}]}""").ItemCount.ShouldBe(1);
        TestBodies.Document("""{"items":null,"items":[{}]}""").ItemCount.ShouldBe(1);
        TestBodies.Refused("""{"items":[{}],"items":7}""").Validation.ShouldNotBeNull().Keys.ShouldBe(["items"]);
    }
}
