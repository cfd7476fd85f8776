using Exporter.Admin.V1;
using Exporter.Oracle.Destinations;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Checks;

/// <summary>Waits until nothing waits any more, and looks at the books.</summary>
internal sealed class DrainCheck(DataHome home, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The last books seen.</summary>
    public IReadOnlyList<Books> Books { get; private set; } = [];

    /// <summary>Waits; a finding when it takes too long.</summary>
    public async Task<IEnumerable<Finding>> WaitAsync(StandaloneProcess process, CancellationToken cancel)
    {
        using var door = AdminDoor.Of(process);
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Interval, clock, cancel))
        {
            var status = await door.Client.GetStatusAsync(new(), cancellationToken: cancel);
            Books = status.Books;
            var held = home.CountBlocks();
            if (status.UnroutedBlocks == 0 && status.Books.All(IsEmpty) && held == (0, 0))
                return status.Problems.Select(problem => new Finding(FindingKind.Noise, "GetStatus", problem));
            if (clock.GetElapsedTime(began) > Longest)
                return [new(FindingKind.Undrained, "all exports", $"After {Longest} the store holds {held.Blocks} blocks and {held.Payloads} payloads, and says: {status}")];
        }
    }

    /// <summary>Whether the books balance, and say what the destinations have.</summary>
    public IEnumerable<Finding> Compare(IReadOnlyDictionary<string, long> reportsByExport)
    {
        if (Books.Count != ExportPlan.All.Count)
            yield return new(FindingKind.Unbalanced, "all exports", $"There are {Books.Count} books for {ExportPlan.All.Count} exports.");

        foreach (var book in Books)
        {
            if (book.Routed != book.Delivered + book.Waiting + book.InFlight + book.Dead + book.Discarded || book.Dead + book.Discarded > 0)
                yield return new(FindingKind.Unbalanced, book.ExportName, $"The books don't balance: {book}");

            // The dummy keeps nothing, and gets what the export that matches all gets.
            var there = reportsByExport.TryGetValue(book.ExportName, out var own) ? own : reportsByExport["everything"];
            if (book.Delivered != there)
                yield return new(FindingKind.Unbalanced, book.ExportName, $"{book.Delivered} reports are delivered by the books, and {there} are at the destination.");
        }
    }

    private static bool IsEmpty(Books book) => book is { Waiting: 0, InFlight: 0 };
}
