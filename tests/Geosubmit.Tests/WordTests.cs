using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

public sealed class WordTests
{
    [Theory]
    [InlineData("\"gnss\"", PositionSource.Gnss)]
    [InlineData("\"gps\"", PositionSource.Gnss)]
    [InlineData("\"GPS\"", PositionSource.Gnss)]
    [InlineData("\"fused\"", PositionSource.Fused)]
    [InlineData("\"fixed\"", PositionSource.Fixed)]
    [InlineData("\"Manual\"", PositionSource.Fixed)]
    [InlineData("\"query\"", PositionSource.Query)]
    [InlineData("\"\\u0071uery\"", PositionSource.Query)]
    [InlineData("\"gps \"", PositionSource.Unspecified)]
    [InlineData("\"network\"", PositionSource.Unspecified)]
    [InlineData("\"g\u00fcps\"", PositionSource.Unspecified)]
    [InlineData("\"\"", PositionSource.Unspecified)]
    [InlineData("null", PositionSource.Unspecified)]
    public void A_source_is_one_of_the_vocabulary_or_left_out(string json, PositionSource expected) =>
        TestBodies.Position($"\"source\":{json}")!.Source.ShouldBe(expected);

    [Theory]
    [InlineData("\"gsm\"", CellRadioType.Gsm)]
    [InlineData("\"cdma\"", CellRadioType.Cdma)]
    [InlineData("\"umts\"", CellRadioType.Wcdma)]
    [InlineData("\"WCDMA\"", CellRadioType.Wcdma)]
    [InlineData("\"Lte\"", CellRadioType.Lte)]
    [InlineData("\"nr\"", CellRadioType.Nr)]
    [InlineData("\"5g\"", CellRadioType.Unspecified)]
    [InlineData("null", CellRadioType.Unspecified)]
    public void A_radio_type_is_one_of_the_vocabulary_or_left_out(string json, CellRadioType expected) =>
        TestBodies.Cell($"\"radioType\":{json}").RadioType.ShouldBe(expected);

    [Fact]
    public void A_word_longer_than_any_is_left_out() =>
        TestBodies.Cell($"\"radioType\":\"{new string('x', 100_000)}\"").RadioType.ShouldBe(CellRadioType.Unspecified);

    [Theory]
    [InlineData("10", "Expected a string, found a number.")]
    [InlineData("false", "Expected a string, found false.")]
    [InlineData("[\"lte\"]", "Expected a string, found an array.")]
    [InlineData("\"\\ud800\"", "The text holds half of a surrogate pair, which is not valid Unicode.")]
    public void A_word_that_is_no_text_is_refused(string json, string sentence)
    {
        TestBodies.Rejected($$"""{"cellTowers":[{"radioType":{{json}}}]}""").ShouldSatisfyAllConditions(
            rejected => rejected.FieldPath.ShouldBe("cellTowers.0.radioType"),
            rejected => rejected.Detail.ShouldBe(sentence));
        TestBodies.Rejected($$$"""{"position":{"source":{{{json}}}}}""").FieldPath.ShouldBe("position.source");
        TestBodies.Rejected($$"""{"radioType":{{json}}}""").FieldPath.ShouldBe("radioType");
    }

    [Theory]
    [InlineData(GeosubmitVersion.V0, "radio", "cell")]
    [InlineData(GeosubmitVersion.V1, "radioType", "cellTowers")]
    [InlineData(GeosubmitVersion.V2, "radioType", "cellTowers")]
    public void The_radio_type_of_a_report_is_that_of_its_cells_that_name_none(GeosubmitVersion version, string radio, string cells)
    {
        var report = TestBodies.Report(
            $$"""{"{{cells}}":[{"{{radio}}":"gsm"},{},{"{{radio}}":"6g"}],"{{radio}}":"lte"}""", version);

        report.CellTowers.Select(cell => cell.RadioType).ShouldBe([CellRadioType.Gsm, CellRadioType.Lte, CellRadioType.Lte]);
    }
}
