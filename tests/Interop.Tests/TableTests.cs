using Exporter.Interop.Suite;
using Exporter.TestKit.Processes;

namespace Exporter.Interop;

public sealed class TableTests
{
    [Fact]
    public async Task The_page_shows_what_is_run_and_nothing_else()
    {
        var page = await File.ReadAllTextAsync(RepositoryFolder.PathOf("compat/README.md"), TestContext.Current.CancellationToken);
        var begin = page.IndexOf(Table.Begin, StringComparison.Ordinal) + Table.Begin.Length;
        var end = page.IndexOf(Table.End, StringComparison.Ordinal);

        begin.ShouldBeInRange(Table.Begin.Length, end, "compat/README.md lacks the lines between which the table stands.");
        (page[begin..end] == Table.Render()).ShouldBeTrue($"compat/README.md shows another table than is run. Put this there:\n{Table.Render()}");
    }
}
