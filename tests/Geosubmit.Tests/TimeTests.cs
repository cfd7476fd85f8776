using Exporter.Geosubmit.Coercion;

namespace Exporter.Geosubmit;

public sealed class TimeTests
{
    [Theory]
    [InlineData("1795000003193", 1795000003193)]
    [InlineData("\"1795000003193\"", 1795000003193)]
    [InlineData("1795000003193.9", 1795000003193)]
    [InlineData("1000000000001", 1000000000001)]
    [InlineData("9999999999999", 9999999999999)]
    [InlineData("1000000000000", TestBodies.NowMilliseconds)]
    [InlineData("10000000000000", TestBodies.NowMilliseconds)]
    [InlineData("1795000003", TestBodies.NowMilliseconds)]
    [InlineData("-1795000003193", TestBodies.NowMilliseconds)]
    [InlineData("123456789012345678901234567890", TestBodies.NowMilliseconds)]
    [InlineData("1e300", TestBodies.NowMilliseconds)]
    [InlineData("0", TestBodies.NowMilliseconds)]
    [InlineData("null", TestBodies.NowMilliseconds)]
    [InlineData("false", TestBodies.NowMilliseconds)]
    [InlineData("true", TestBodies.NowMilliseconds)]
    [InlineData("\"\"", TestBodies.NowMilliseconds)]
    [InlineData("[]", TestBodies.NowMilliseconds)]
    public void A_timestamp_outside_its_range_is_the_time_of_the_server(string json, long expected)
    {
        TestBodies.ObservedMilliseconds(TestBodies.Report($$"""{"timestamp":{{json}}}""")).ShouldBe(expected);
        TestBodies.ObservedMilliseconds(TestBodies.Report($$"""{"timestamp":{{json}}}""", GeosubmitVersion.V1)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("\"abc\"", "Expected an integer, found text that is not one.")]
    [InlineData("[1]", "Expected an integer, found an array.")]
    [InlineData("Infinity", "Expected an integer, found a number that is not finite.")]
    public void A_timestamp_of_a_wrong_type_is_refused(string json, string sentence) =>
        TestBodies.Rejected($$"""{"timestamp":{{json}}}""").ShouldSatisfyAllConditions(
            rejected => rejected.FieldPath.ShouldBe("timestamp"),
            rejected => rejected.Detail.ShouldBe(sentence));

    [Theory]
    [InlineData("2016-04-15T06:00:10.123456Z", "2016-04-15T06:00:10Z")]
    [InlineData("2016-04-15T06:00:10,9", "2016-04-15T06:00:10Z")]
    [InlineData("2016-04-15 06:00:10+02:00", "2016-04-15T04:00:10Z")]
    [InlineData("2016-04-15T06:00:10-0530", "2016-04-15T11:30:10Z")]
    [InlineData("2016-04-15T06:00:10+02", "2016-04-15T04:00:10Z")]
    [InlineData("2016-04-15T06:00:1Z", "2016-04-15T06:00:01Z")]
    [InlineData("2016-04-15T06:00", "2016-04-15T06:00:00Z")]
    [InlineData("2016-04-15T06Z", "2016-04-15T06:00:00Z")]
    [InlineData("20160415T060010Z", "2016-04-15T06:00:10Z")]
    [InlineData("2016-4-5", "2016-04-05T00:00:00Z")]
    [InlineData("20160415", "2016-04-15T00:00:00Z")]
    [InlineData("2016-04", "2016-04-01T00:00:00Z")]
    [InlineData("2016", "2016-01-01T00:00:00Z")]
    public void A_time_of_ISO_8601_is_read_to_the_second(string text, string expected)
    {
        IsoTime.TryParse(text, out var milliseconds).ShouldBeTrue();
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("201604")]
    [InlineData("16-04-15")]
    [InlineData("2016-13-01")]
    [InlineData("2016-00-01")]
    [InlineData("2015-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("2016-04-15T24:00")]
    [InlineData("2016-04-15T06:60")]
    [InlineData("2016-04-15T06:00:60")]
    [InlineData("2016-04-15T06:00:10.")]
    [InlineData("2016-04-15T06:00:10X")]
    [InlineData("2016-04-15T06:00:10Zx")]
    [InlineData("2016-04-15T06:00:10+2")]
    [InlineData("2016-04-15T06:00:10+02:0")]
    [InlineData("2016-04-15X06:00")]
    [InlineData("2016-04-15T")]
    [InlineData("\u0662016-04-15")]
    public void What_is_no_time_is_none(string text) => IsoTime.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("\"2016-04-15T06:00:10.5Z\"", 1460700010000)]
    [InlineData("\"2000-12-31T00:00:00Z\"", TestBodies.NowMilliseconds)]
    [InlineData("\"2300-01-01\"", TestBodies.NowMilliseconds)]
    [InlineData("\"yesterday\"", TestBodies.NowMilliseconds)]
    [InlineData("\"\\ud800\"", TestBodies.NowMilliseconds)]
    [InlineData("\"\"", TestBodies.NowMilliseconds)]
    [InlineData("null", TestBodies.NowMilliseconds)]
    [InlineData("1460700010000", TestBodies.NowMilliseconds)]
    [InlineData("[1]", TestBodies.NowMilliseconds)]
    public void The_time_of_the_oldest_format_is_never_a_fault(string json, long expected) =>
        TestBodies.ObservedMilliseconds(TestBodies.Report($$"""{"time":{{json}}}""", GeosubmitVersion.V0)).ShouldBe(expected);
}
