using System.Text;

namespace Exporter.Geosubmit.Fuzzing;

/// <summary>One change that knows where values and names lie; the outcome need not be JSON.</summary>
internal static class SeamChange
{
    private static readonly byte[][] Values =
    [
        .. ((string[])
        [
            "null", "true", "false", "0", "-0", "1", "-1", "0.5", "-60.7", "1e3", "1e308", "1e999", "-1e999", "1e-999",
            "9223372036854775807", "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "NaN",
            "Infinity", "-Infinity", "\"\"", "\" \"", "\"1\"", "\" 1_0 \"", "\"-60.0\"", "\"nan\"", "\"inf\"", "\"1e5\"", "\"abc\"",
            "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"gps\"", "\"LTE\"", "\"\u0663\"", "[]", "{}", "[null]", "[{}]",
            "[[]]", "{\"a\":1}", "{\"macAddress\":\"x\"}", "{\"items\":[]}", "[1,2", "{\"a\"", "01", "tru", "'a'", "1795000000000",
        ]).Select(Encoding.UTF8.GetBytes),
    ];

    public static byte[] Apply(byte[] body, JsonSeams seams, Random random)
    {
        var value = Pick(seams.Values, random);
        var pair = Pick(seams.Pairs, random);
        return random.Next(10) switch
        {
            0 or 1 or 2 => Replace(body, value, Values[random.Next(Values.Length)]),
            3 => Replace(body, value, body[Pick(seams.Values, random)]),
            4 => Replace(body, pair, [.. body[pair], .. ","u8, .. body[pair]]),
            5 => Replace(body, pair, [.. body[pair], .. ","u8, .. body[Pick(seams.Pairs, random)]]),
            6 => Replace(body, pair, body[Pick(seams.Pairs, random)]),
            7 => Replace(body, Pick(seams.Names, random), body[Pick(seams.Names, random)]),
            8 => Replace(body, value, Nested(body[value], random.Next(1, 100))),
            _ => Replace(body, value, Repeated(body[value], random.Next(2, 40))),
        };
    }

    private static Range Pick(IReadOnlyList<Range> ranges, Random random) => ranges.Count == 0 ? ..0 : ranges[random.Next(ranges.Count)];

    private static byte[] Replace(byte[] body, Range place, byte[] by) => [.. body[..place.Start], .. by, .. body[place.End..]];

    private static byte[] Nested(byte[] value, int levels) =>
        [.. Enumerable.Repeat((byte)'[', levels), .. value, .. Enumerable.Repeat((byte)']', levels)];

    private static byte[] Repeated(byte[] value, int times) =>
        [.. Enumerable.Repeat(value, times).SelectMany((copy, i) => i == 0 ? copy : [(byte)',', .. copy])];
}
