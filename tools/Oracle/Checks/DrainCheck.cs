using Exporter.Admin.V1;
using Exporter.Oracle.Destinations;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Checks;

/// <summary>Waits until nothing waits any more, and looks at the books.</summary>
internal sealed class DrainCheck(IHome home, TimeSpan longest, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The last books seen.</summary>
    public IReadOnlyList<Books> Books { get; private set; } = [];

    /// <summary>Waits; a finding when it takes too long.</summary>
    /// <param name="statusAsync">Asks AdminService; null while nobody answers.</param>
    /// <param name="cancel">Stops the wait.</param>
    public async Task<IEnumerable<Finding>> WaitAsync(Func<Task<GetStatusResponse?>> statusAsync, CancellationToken cancel)
    {
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Interval, clock, cancel))
        {
            var status = await statusAsync();
            Books = status?.Books ?? [];
            var rows = await home.CountRowsAsync(cancel);
            if (status is { UnroutedBlocks: 0 } && status.Books.All(IsEmpty) && rows == StoreRows.None)
                return status.Problems.Select(problem => new Finding(FindingKind.Noise, "GetStatus", problem));
            if (clock.GetElapsedTime(began) > longest)
                return [new(FindingKind.Undrained, "all exports", $"After {longest} the store holds {rows}, and says: {status}")];
        }
    }

    /// <summary>Whether the books balance, and say what the destinations have.</summary>
    public IEnumerable<Finding> Compare(IReadOnlyDictionary<string, long> reportsByExport)
    {
        if (Books.Count != home.Exports.Count)
            yield return new(FindingKind.Unbalanced, "all exports", $"There are {Books.Count} books for {home.Exports.Count} exports.");

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
