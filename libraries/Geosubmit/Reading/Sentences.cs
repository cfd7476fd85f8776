using System.Text.Json;

namespace Exporter.Geosubmit.Reading;

/// <summary>What clients are told. The values themselves stay out: they may be positions or MAC addresses.</summary>
internal static class Sentences
{
    public const string Required = "Required";
    public const string TextIsNoInteger = "Expected an integer, found text that is not one.";
    public const string NotFiniteInteger = "Expected an integer, found a number that is not finite.";
    public const string BeyondInteger = "The integer does not fit into 64 bits.";
    public const string TextIsNoNumber = "Expected a number, found text that is not one.";
    public const string BeyondNumber = "The integer is too large for a floating-point number.";
    public const string LoneSurrogate = "The text holds half of a surrogate pair, which is not valid Unicode.";

    public static readonly string TooManyNetworks = $"The report holds more than {GeosubmitReader.MaxNetworks} networks.";

    public static string NoInteger(JsonTokenType found) => $"Expected an integer, found {Kind(found)}.";

    public static string NoNumber(JsonTokenType found) => $"Expected a number, found {Kind(found)}.";

    public static string NoText(JsonTokenType found) => $"Expected a string, found {Kind(found)}.";

    public static string NoObject(JsonTokenType found) => $"Expected an object, found {Kind(found)}.";

    public static string NotIterable(JsonTokenType found) => $"Expected an array: {Kind(found)} is not iterable.";

    private static string Kind(JsonTokenType found) => found switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a string",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };
}
