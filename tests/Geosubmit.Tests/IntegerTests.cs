using Exporter.Ingest.V1;

namespace Exporter.Geosubmit;

public sealed class IntegerTests
{
    private const string NoText = "Expected an integer, found text that is not one.";
    private const string Beyond = "The integer does not fit into 64 bits.";
    private const string NotFinite = "Expected an integer, found a number that is not finite.";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("7", 7)]
    [InlineData("true", 1)]
    [InlineData("-60.7", -60)]
    [InlineData("60.7", 60)]
    [InlineData("0.9", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("1e3", 1000)]
    [InlineData("1E3", 1000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-9223372036854775808.0", long.MinValue)]
    [InlineData("\"01\"", 1)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("\"\\t5\\n\"", 5)]
    [InlineData("\"+5\"", 5)]
    [InlineData("\"-5\"", -5)]
    [InlineData("\"1_000\"", 1000)]
    [InlineData("\"\u0663\"", 3)]
    [InlineData("\"\ud835\udfcf\"", 1)]
    [InlineData("\"\u00a05\u2003\"", 5)]
    [InlineData("\"00000000000000000000000000000000000000012\"", 12)]
    public void A_number_or_its_text_is_taken(string json, long expected) =>
        TestBodies.Cell($"\"age\":{json}").AgeMilliseconds.ShouldBe(expected);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[ ]")]
    [InlineData("false")]
    public void What_Python_holds_for_empty_is_left_out(string json) =>
        TestBodies.Cell($"\"age\":{json},\"asu\":3").ShouldSatisfyAllConditions(
            cell => cell.HasAgeMilliseconds.ShouldBeFalse(),
            cell => cell.Asu.ShouldBe(3));

    [Theory]
    [InlineData("\"-60.0\"", NoText)]
    [InlineData("\"abc\"", NoText)]
    [InlineData("\" \"", NoText)]
    [InlineData("\"+\"", NoText)]
    [InlineData("\"+ 5\"", NoText)]
    [InlineData("\"+-5\"", NoText)]
    [InlineData("\"0x10\"", NoText)]
    [InlineData("\"1e3\"", NoText)]
    [InlineData("\"1__0\"", NoText)]
    [InlineData("\"_1\"", NoText)]
    [InlineData("\"1_\"", NoText)]
    [InlineData("\"5\\u0000\"", NoText)]
    [InlineData("\"\\u001c5\"", NoText)]
    [InlineData("\"inf\"", NoText)]
    [InlineData("9223372036854775808", Beyond)]
    [InlineData("-9223372036854775809", Beyond)]
    [InlineData("9223372036854775808.0", Beyond)]
    [InlineData("1e20", Beyond)]
    [InlineData("\"9223372036854775808\"", Beyond)]
    [InlineData("1e999", NotFinite)]
    [InlineData("NaN", NotFinite)]
    [InlineData("-Infinity", NotFinite)]
    [InlineData("[1]", "Expected an integer, found an array.")]
    [InlineData("[[]]", "Expected an integer, found an array.")]
    [InlineData("{\"a\":1}", "Expected an integer, found an object.")]
    [InlineData("\"\\ud800\"", "The text holds half of a surrogate pair, which is not valid Unicode.")]
    public void Anything_else_is_refused_with_a_sentence(string json, string sentence)
    {
        var rejected = TestBodies.Rejected($$"""{"cellTowers":[{"age":{{json}},"asu":3}]}""");

        rejected.FieldPath.ShouldBe("cellTowers.0.age");
        rejected.Reason.ShouldBe(RejectReason.InvalidType);
        rejected.Detail.ShouldBe(sentence);
    }

    [Fact]
    public void Text_beyond_the_digits_that_Python_takes_is_refused() =>
        TestBodies.Rejected($$"""{"cellTowers":[{"age":"{{new string('0', 5000)}}"}]}""").Detail.ShouldBe(NoText);
}
