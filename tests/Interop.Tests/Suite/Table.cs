using System.Text;

namespace Exporter.Interop.Suite;

/// <summary>The table of cases and pairs that compat/README.md shows: written from what the tests run.</summary>
internal static class Table
{
    /// <summary>Where the table begins in the page.</summary>
    public const string Begin = "<!-- interop: written by tests/Interop.Tests -->\n";

    /// <summary>Where it ends.</summary>
    public const string End = "<!-- interop: end -->\n";

    public static string Render()
    {
        var notes = new List<Note>();
        var text = new StringBuilder();
        text.Append("| case |").AppendJoin('|', Pair.All.Select(pair => $" {pair} ")).Append("|\n");
        text.Append("| --- |").AppendJoin('|', Pair.All.Select(_ => " --- ")).Append("|\n");
        foreach (var each in SuiteCase.All)
            text.Append("| `").Append(each.Name).Append("` |").AppendJoin('|', Pair.All.Select(pair => $" {Cell(new(each, pair), notes)} ")).Append("|\n");
        text.Append('\n');
        for (var i = 0; i < notes.Count; i++)
            text.Append(Letter(i)).Append(": ").Append(notes[i].Text).Append(i < notes.Count - 1 ? "  \n" : "\n");
        return text.ToString();
    }

    private static string Cell(Run run, List<Note> notes)
    {
        var mark = Run.All.Contains(run) ? "✓" : "–";
        if (run.Note is not { } note)
            return mark;
        if (!notes.Contains(note))
            notes.Add(note);
        return $"{mark} {Letter(notes.IndexOf(note))}";
    }

    private static char Letter(int index) => (char)('a' + index);
}
