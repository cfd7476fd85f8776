using Exporter.Ingest.V1;

namespace Exporter.Geosubmit;

public sealed class TextTests
{
    private const string LoneSurrogate = "The text holds half of a surrogate pair, which is not valid Unicode.";

    [Theory]
    [InlineData("\"T-Mobile\"", "T-Mobile")]
    [InlineData("\" \"", " ")]
    [InlineData("\"\\u0041\\n\\\"\\\\\\/\"", "A\n\"\\/")]
    [InlineData("\"\\ud83d\\ude00\"", "\ud83d\ude00")]
    [InlineData("\"\ud83d\ude00\u00e9\"", "\ud83d\ude00\u00e9")]
    [InlineData("\"\\\\ud800\"", "\\ud800")]
    [InlineData("\"\\u0000\"", "\0")]
    public void Text_passes_unchanged(string json, string expected) =>
        TestBodies.Report($$"""{"carrier":{{json}}}""").Carrier.ShouldBe(expected);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Empty_text_is_left_out(string json) => TestBodies.Report($$"""{"carrier":{{json}}}""").HasCarrier.ShouldBeFalse();

    [Theory]
    [InlineData("10", "Expected a string, found a number.")]
    [InlineData("0", "Expected a string, found a number.")]
    [InlineData("true", "Expected a string, found true.")]
    [InlineData("false", "Expected a string, found false.")]
    [InlineData("[]", "Expected a string, found an array.")]
    [InlineData("{}", "Expected a string, found an object.")]
    [InlineData("\"\\ud800\"", LoneSurrogate)]
    [InlineData("\"a\\udc00b\"", LoneSurrogate)]
    [InlineData("\"\\ud800\\ud800\\udc00\"", LoneSurrogate)]
    [InlineData("\"\\ud83dx\\ude00\"", LoneSurrogate)]
    [InlineData("\"\\n\\\\\\uDBFF\"", LoneSurrogate)]
    public void Anything_else_is_refused_with_a_sentence(string json, string sentence)
    {
        var rejected = TestBodies.Rejected($$"""{"carrier":{{json}}}""");

        rejected.FieldPath.ShouldBe("carrier");
        rejected.Reason.ShouldBe(RejectReason.InvalidType);
        rejected.Detail.ShouldBe(sentence);
    }

    [Fact]
    public void An_empty_network_name_stays_for_it_means_hidden()
    {
        var report = TestBodies.Report(
            """{"wifiAccessPoints":[{"macAddress":"a","ssid":""},{"macAddress":"b","ssid":null},{"macAddress":"c"}]}""");

        report.WifiAccessPoints.Select(wifi => wifi.HasSsid).ShouldBe([true, false, false]);
    }
}
