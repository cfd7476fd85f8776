using System.Globalization;
using System.Text;

namespace Exporter.Bench.Figures;

/// <summary>What a run found: printed as it comes, and kept as Markdown for the results page.</summary>
internal sealed class Page
{
    private readonly StringBuilder markdown = new();
    private bool isTableOpen;

    public static Page Begin(string[] args)
    {
        var page = new Page();
        page.markdown.AppendLine(CultureInfo.InvariantCulture, $"\n## `{string.Join(' ', args)}`\n");
        page.Note(Machine.Describe());
        return page;
    }

    public void Section(string name, string what)
    {
        isTableOpen = false;
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
