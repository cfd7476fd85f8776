using System.Globalization;
using System.Text;

namespace Exporter.Bench.Figures;

/// <summary>What a run found: printed as it comes, and kept as Markdown for the results page.</summary>
internal sealed class Page
{
    private readonly StringBuilder markdown = new();
    private string machine = "";
    private string section = "";
    private int sectionAt;
    private bool isTableOpen;

    public static Page Begin(string[] args)
    {
        var page = new Page();
        page.markdown.AppendLine(CultureInfo.InvariantCulture, $"\n## `{string.Join(' ', args)}`\n");
        page.machine = Machine.Describe();
        page.Note(page.machine);
        return page;
    }

    public void Section(string name, string what)
    {
        isTableOpen = false;
        (section, sectionAt) = (name, markdown.Length);
        Console.WriteLine($"\n{name}: {what}");
        markdown.AppendLine(CultureInfo.InvariantCulture, $"\n### {name}: {what}");
        Note($"Load average at the start: {Machine.Load()}.");
    }

    /// <summary>One figure and what it stands beside.</summary>
    public void Figure(string what, string value, string beside = "")
    {
        Console.WriteLine($"  {what,-52} {value,22}   {beside}");
        if (!isTableOpen)
            markdown.AppendLine("\n| what | figure | beside |\n| --- | ---: | --- |");
        isTableOpen = true;
        markdown.AppendLine(CultureInfo.InvariantCulture, $"| {what} | {value} | {beside} |");
    }

    public void Note(string sentence)
    {
        isTableOpen = false;
        Console.WriteLine($"  {sentence}");
        markdown.AppendLine(CultureInfo.InvariantCulture, $"\n{sentence}");
    }

    /// <summary>Puts the section that was written last where another page shows it, between two comments that name it.</summary>
    public void PutInto(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        var text = File.ReadAllText(path);
        var begin = $"<!-- bench {section} -->\n";
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal), text.IndexOf($"<!-- end of bench {section} -->", StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"'{path}' has no place for the figures of '{section}'. Add the two comments.");
        File.WriteAllText(path, $"{text[..(from + begin.Length)]}\n{machine}\n{markdown.ToString(sectionAt, markdown.Length - sectionAt)}\n{text[to..]}");
        Console.WriteLine($"\nPut into {path}.");
    }

    /// <summary>Adds the run to the page of its day.</summary>
    public void Append()
    {
        var today = TimeProvider.System.GetUtcNow();
        var path = Path.Combine(Repository.Root, "bench", "results", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".md");
        if (!File.Exists(path))
            File.WriteAllText(path, $"# Results of {today:yyyy-MM-dd}\n\nWritten by `bench`; the newest run is the last.\n");
        File.AppendAllText(path, markdown.ToString());
        Console.WriteLine($"\nAppended to {path}.");
    }
}
