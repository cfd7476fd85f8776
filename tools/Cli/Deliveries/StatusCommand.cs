using System.CommandLine;
using Exporter.Cli.Calls;
using Exporter.Cli.Exports;
using Exporter.Cli.Output;

namespace Exporter.Cli.Deliveries;

internal static class StatusCommand
{
    public static Command Of(Shell shell) =>
        shell.Verb("status", "Shows the store, the books of each export, and what is wrong.", [], RunAsync);

    private static async Task<int> RunAsync(Call call)
    {
        var status = await call.Admin.GetStatusAsync(new(), cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
        {
            call.Screen.Json(status);
            return Shell.Done;
        }

        call.Screen.Facts(
            ("Version", status.Version),
            ("Revision", Words.Of(status.Revision)),
            ("Unrouted blocks", Words.Of(status.UnroutedBlocks)),
            ("Store", Words.Bytes(status.StoreBytes)),
            ("Free", Words.Bytes(status.FreeBytes)),
            ("Paused", string.Join(", ", status.PausedExports)));
        call.Screen.Table(
            ["EXPORT", "ROUTED", "DELIVERED", "WAITING", "IN FLIGHT", "DEAD", "DISCARDED"],
            status.Books.Select(books => (IReadOnlyList<string>)
            [
                books.ExportName, Words.Of(books.Routed), Words.Of(books.Delivered), Words.Of(books.Waiting), Words.Of(books.InFlight),
                Words.Of(books.Dead), Words.Of(books.Discarded),
            ]));
        CircuitView.List(call.Screen, status.Circuits);
        call.Screen.Say(status.Problems.Count == 0 ? "All is well." : $"{status.Problems.Count} problem(s):");
        foreach (var problem in status.Problems)
            call.Screen.Say($"- {problem}");
        return Shell.Done;
    }
}
