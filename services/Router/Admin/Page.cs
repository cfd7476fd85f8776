using System.Globalization;

namespace Exporter.Router.Admin;

internal static class Page
{
    public const int MostItems = 1000;

    private const int DefaultItems = 100;

    public static int SizeOf(int asked) => asked switch
    {
        0 => DefaultItems,
        > 0 and <= MostItems => asked,
        _ => throw Refusal.Invalid("page_size", $"Must be 0 (the default, {DefaultItems}) to {MostItems}, found {asked}."),
    };

    public static long? NumberOf(string token) =>
        token.Length == 0 ? null
        : long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refusal.Invalid("page_token", "Must be empty or the next_page_token of the answer before.");

    public static string TokenOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
