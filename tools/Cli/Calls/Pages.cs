using Exporter.Cli.Output;

namespace Exporter.Cli.Calls;

internal static class Pages
{
    private const int Largest = 1000;

    // Asks page by page until the limit or the end.
    public static async Task ReadAsync(int limit, Func<int, string, Task<(int Count, string Next)>> readPage)
    {
        var (left, token) = (limit, "");
        do
        {
            var (count, next) = await readPage(Math.Min(left, Largest), token);
            (left, token) = (left - count, next);
        }
        while (left > 0 && token.Length > 0);
    }

    public static void TellOfMore(Screen screen, string nextPageToken)
    {
        if (nextPageToken.Length > 0)
            screen.Complain("There are more. Show them with a larger --limit.");
    }
}
