namespace Exporter.TestKit;

/// <summary>The rows of a table in the project's documentation.</summary>
public static class DocumentedTable
{
    /// <summary>Rows of the table whose head begins with these cells, each cell trimmed.</summary>
    public static IReadOnlyList<string[]> Rows(string document, params string[] head)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), document)).Select(Cells).ToList();
        var at = lines.FindIndex(cells => cells.Take(head.Length).SequenceEqual(head));
        return at >= 0
            ? [.. lines.Skip(at + 2).TakeWhile(cells => cells.Length > 0)]
            : throw new InvalidOperationException($"'{document}' has no table with the head {string.Join(" | ", head)}.");
    }

    private static string[] Cells(string line) => line.StartsWith('|') ? [.. line.Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Exporter.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository: Exporter.sln is in no folder above them.");
    }
}
