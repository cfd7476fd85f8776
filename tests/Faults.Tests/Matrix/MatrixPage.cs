using Exporter.TestKit.Processes;

namespace Exporter.Faults.Matrix;

/// <summary>docs/fault-matrix.md: each table between two marks, written by the tests when <c>EXPORTER_FAULT_MATRIX=write</c> says so.</summary>
internal static class MatrixPage
{
    private const string Switch = "EXPORTER_FAULT_MATRIX";
    private static readonly Lock Gate = new();
    private static readonly string Path = RepositoryFolder.PathOf("docs/fault-matrix.md");

    /// <summary>Compares a table with the page's, or puts it there.</summary>
    public static void Hold(string title, string table)
    {
        lock (Gate)
        {
            var page = File.ReadAllText(Path);
            var begin = $"<!-- {title} -->\n";
            var from = page.IndexOf(begin, StringComparison.Ordinal);
            from.ShouldBeGreaterThan(0, $"'{Path}' has no mark for '{title}'.");
            from += begin.Length;
            var to = page.IndexOf("<!-- end -->", from, StringComparison.Ordinal);
            if (Environment.GetEnvironmentVariable(Switch) == "write")
                File.WriteAllText(Path, $"{page[..from]}\n{table}\n{page[to..]}");
            else
                page[from..to].Trim().ShouldBe(table.Trim(), $"What ran is another table than '{Path}' has. When it should be: {Switch}=write.");
        }
    }
}
