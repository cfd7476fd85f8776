namespace Exporter.Geosubmit;

public sealed class ShapeTests
{
    [Fact]
    public void A_report_without_anything_has_a_time_and_no_networks()
    {
        var report = TestBodies.Report("{}");

        TestBodies.ObservedMilliseconds(report).ShouldBe(TestBodies.NowMilliseconds);
        report.Position.ShouldBeNull();
        (report.BluetoothBeacons.Count + report.CellTowers.Count + report.WifiAccessPoints.Count).ShouldBe(0);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("false", "false")]
    [InlineData("\"\"", "a string")]
    [InlineData("1", "a number")]
    [InlineData("{}", "an object")]
    public void An_array_that_is_none_is_refused(string json, string kind)
    {
        foreach (var name in (string[])["wifiAccessPoints", "cellTowers", "bluetoothBeacons"])
        {
            TestBodies.Rejected($$"""{"{{name}}":{{json}}}""").ShouldSatisfyAllConditions(
                rejected => rejected.FieldPath.ShouldBe(name),
                rejected => rejected.Detail.ShouldBe($"Expected an array: {kind} is not iterable."));
        }
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("[]", "an array")]
    [InlineData("\"x\"", "a string")]
    [InlineData("1", "a number")]
    public void An_item_that_is_no_object_is_refused(string json, string kind)
    {
        var sentence = $"Expected an object, found {kind}.";
        TestBodies.Rejected($$"""{"wifiAccessPoints":[{"macAddress":"a"},{{json}}]}""").ShouldSatisfyAllConditions(
            rejected => rejected.FieldPath.ShouldBe("wifiAccessPoints.1"),
            rejected => rejected.Detail.ShouldBe(sentence));
        TestBodies.Rejected(json).ShouldSatisfyAllConditions(
            rejected => rejected.FieldPath.ShouldBe(""),
            rejected => rejected.Detail.ShouldBe(sentence));
    }

    [Theory]
    [InlineData("[]", "an array")]
    [InlineData("\"\"", "a string")]
    [InlineData("false", "false")]
    public void A_position_that_is_no_object_is_refused(string json, string kind) =>
        TestBodies.Rejected($$"""{"position":{{json}}}""").ShouldSatisfyAllConditions(
            rejected => rejected.FieldPath.ShouldBe("position"),
            rejected => rejected.Detail.ShouldBe($"Expected an object, found {kind}."));

    [Fact]
    public void A_position_of_null_is_none() => TestBodies.Report("""{"position":null}""").Position.ShouldBeNull();

    [Fact]
    public void An_empty_position_stays_empty() => TestBodies.Position("")!.CalculateSize().ShouldBe(0);

    [Fact]
    public void Networks_without_a_MAC_are_left_out_and_cells_stay()
    {
        var report = TestBodies.Report(
            """
            {"wifiAccessPoints":[{"age":1},{"macAddress":null},{"macAddress":""},{"macAddress":"a"}],
             "bluetoothBeacons":[{"name":"x"},{"macAddress":"b"}],"cellTowers":[{}]}
            """);

        report.WifiAccessPoints.ShouldHaveSingleItem().MacAddress.ShouldBe("a");
        report.BluetoothBeacons.ShouldHaveSingleItem().MacAddress.ShouldBe("b");
        report.CellTowers.ShouldHaveSingleItem().CalculateSize().ShouldBe(0);
    }

    [Fact]
    public void A_network_that_would_be_left_out_must_still_have_the_right_types() =>
        TestBodies.Rejected("""{"wifiAccessPoints":[{"macAddress":null,"age":"x"}]}""").FieldPath.ShouldBe("wifiAccessPoints.0.age");

    [Fact]
    public void Unknown_fields_are_ignored_at_any_depth()
    {
        var document = TestBodies.Document(
            """
            {"metadata":[1,{"a":null}],"items":[{"x":[[[]]],"position":{"satellites":{"count":[3]},"latitude":1},
             "cellTowers":[{"mcc":"not known here","asu":2}],"wifiAccessPoints":[{"macAddress":"a","rtt":{}}]}],"more":NaN}
            """);

        var report = document.Accepted.ShouldHaveSingleItem().Report;
        report.Position.LatitudeDegrees.ShouldBe(1);
        report.CellTowers.ShouldHaveSingleItem().Asu.ShouldBe(2);
        report.WifiAccessPoints.ShouldHaveSingleItem().MacAddress.ShouldBe("a");
    }

    [Fact]
    public void Field_names_may_be_escaped_and_odd_ones_are_unknown()
    {
        var report = TestBodies.Report("""{"\u0063arrier":"a","\ud800":1,"":2,"Carrier":"b","\u0063arrie":3,"carrier\u0000":4}""");

        report.Carrier.ShouldBe("a");
    }
}
