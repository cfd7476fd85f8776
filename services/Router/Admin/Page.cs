using System.Globalization;
using Exporter.Delivery.Exports;

namespace Exporter.Router.Admin;

internal static class Page
{
    public const int MostItems = 1000;

    private const int DefaultItems = 100;

    // All faults at once, for requests that have other fields too.
    public static IEnumerable<FieldProblem> Problems(int size, string token)
    {
        if (size is < 0 or > MostItems)
            yield return new("page_size", $"Must be 0 (the default, {DefaultItems}) to {MostItems}, found {size}.");
        if (token.Length > 0 && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            yield return new("page_token", "Must be empty or the next_page_token of the answer before.");
    }

    public static int SizeOf(int asked)
    {
        Refusal.Throw([.. Problems(asked, "")]);
        return asked == 0 ? DefaultItems : asked;
    }

    public static long? NumberOf(string token)
    {
        Refusal.Throw([.. Problems(0, token)]);
        return token.Length == 0 ? null : long.Parse(token, CultureInfo.InvariantCulture);
    }

    public static string TokenOf(long number) => number.ToString(CultureInfo.InvariantCulture);
}
