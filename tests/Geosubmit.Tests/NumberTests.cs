using Exporter.Ingest.V1;

namespace Exporter.Geosubmit;

public sealed class NumberTests
{
    private const string NoText = "Expected a number, found text that is not one.";

    [Theory]
    [InlineData("0", 0)]
    [InlineData("51.5", 51.5)]
    [InlineData("-0.1", -0.1)]
    [InlineData("1e3", 1000)]
    [InlineData("true", 1)]
    [InlineData("1e-400", 0)]
    [InlineData("\"1e3\"", 1000)]
    [InlineData("\"-60.0\"", -60)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("\".5\"", .5)]
    [InlineData("\"5.\"", 5)]
    [InlineData("\"+1.5e+3\"", 1500)]
    [InlineData("\"1_0.5\"", 10.5)]
    [InlineData("\"1e1_0\"", 1e10)]
    [InlineData("\"\u0661.\u0665\"", 1.5)]
    [InlineData("\"\u00a01.5\"", 1.5)]
    [InlineData("12345678901234567890", 12345678901234567890d)]
    public void A_number_or_its_text_is_taken(string json, double expected) =>
        TestBodies.Position($"\"accuracy\":{json}")!.AccuracyMeters.ShouldBe(expected);

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("false")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("1e999")]
    [InlineData("-1e99999999999999999999")]
    [InlineData("\"inf\"")]
    [InlineData("\"-Infinity\"")]
    [InlineData("\"iNf\"")]
    [InlineData("\"+nan\"")]
    [InlineData("\" nan \"")]
    [InlineData("\"1e400\"")]
    [InlineData("\"1e99999999999999999999\"")]
    public void What_is_empty_or_not_finite_is_left_out(string json) =>
        TestBodies.Position($"\"accuracy\":{json},\"speed\":1")!.ShouldSatisfyAllConditions(
            position => position.HasAccuracyMeters.ShouldBeFalse(),
            position => position.SpeedMetersPerSecond.ShouldBe(1));

    [Theory]
    [InlineData("\"abc\"", NoText)]
    [InlineData("\" \"", NoText)]
    [InlineData("\".\"", NoText)]
    [InlineData("\"e1\"", NoText)]
    [InlineData("\"1e\"", NoText)]
    [InlineData("\"1_.5\"", NoText)]
    [InlineData("\"1._5\"", NoText)]
    [InlineData("\"1_e5\"", NoText)]
    [InlineData("\"1e_5\"", NoText)]
    [InlineData("\"1,5\"", NoText)]
    [InlineData("\"0x1p3\"", NoText)]
    [InlineData("\"infin\"", NoText)]
    [InlineData("\"--5\"", NoText)]
    [InlineData("\"5\\u0000\"", NoText)]
    [InlineData("\"\u0661\u066b\u0665\"", NoText)]
    [InlineData("\"\u221e\"", NoText)]
    [InlineData("[1.5]", "Expected a number, found an array.")]
    [InlineData("{\"a\":1}", "Expected a number, found an object.")]
    public void Anything_else_is_refused_with_a_sentence(string json, string sentence)
    {
        var rejected = TestBodies.Rejected($$$"""{"position":{"accuracy":{{{json}}}}}""");

        rejected.FieldPath.ShouldBe("position.accuracy");
        rejected.Reason.ShouldBe(RejectReason.InvalidType);
        rejected.Detail.ShouldBe(sentence);
    }

    [Fact]
    public void An_integer_that_no_double_holds_is_refused() =>
        TestBodies.Rejected($$$"""{"position":{"accuracy":1{{{new string('0', 400)}}}}}""").Detail
            .ShouldBe("The integer is too large for a floating-point number.");
}
