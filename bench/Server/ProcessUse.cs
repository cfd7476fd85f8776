using System.Globalization;

namespace Exporter.Bench.Server;

/// <summary>What one process has used since it began, from /proc.</summary>
/// <param name="Processor">Its own time and that of the children that it has waited for.</param>
/// <param name="WrittenBytes">What it sent towards a disk.</param>
internal readonly record struct ProcessUse(TimeSpan Processor, long WrittenBytes)
{
    /// <summary>Linux tells times to programs in hundredths of a second on every machine that .NET runs on.</summary>
    private const long TicksPerTick = TimeSpan.TicksPerSecond / 100;

    /// <summary>Null when there is no such process (any more).</summary>
    public static ProcessUse? Of(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
            return new(TimeSpan.FromTicks(ticks * TicksPerTick), Number(File.ReadLines($"/proc/{id}/io"), "write_bytes:"));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Its share of the memory: what several processes share counts once among them.</summary>
    public static long ProportionalBytes(int id)
    {
        try
        {
            return 1024 * Number(File.ReadLines($"/proc/{id}/smaps_rollup"), "Pss:");
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>A process and all that it started, as far as they live.</summary>
    public static IEnumerable<int> Tree(int root) => ChildrenOf(root).SelectMany(Tree).Prepend(root);

    private static List<int> ChildrenOf(int id)
    {
        try
        {
            return
            [
                .. Directory.GetDirectories($"/proc/{id}/task")
                    .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ];
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static long Number(IEnumerable<string> lines, string name) => long.Parse(
        lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0],
        CultureInfo.InvariantCulture);
}
