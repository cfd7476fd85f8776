using System.Diagnostics;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Ceilings;

/// <summary>What the file system does with writes that must be on disk.</summary>
internal static class FileCeilings
{
    private const int WriteBytes = 4096;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static void Run(string folder, Page page)
    {
        var path = Path.Combine(folder, $"bench-{Environment.ProcessId}.sync");
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            var bytes = new byte[WriteBytes];
            var begun = Stopwatch.GetTimestamp();
            var syncs = 0L;
            for (; Stopwatch.GetElapsedTime(begun) < Duration; syncs++)
            {
                RandomAccess.Write(file, bytes, syncs * WriteBytes);
                RandomAccess.FlushToDisk(file);
            }

            page.Figure($"write 4 kB and fsync, {FileSystem(folder)}", Words.PerSecond(syncs, Stopwatch.GetElapsedTime(begun), "fsyncs"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string FileSystem(string folder)
    {
        var mount = File.ReadLines("/proc/mounts").Select(line => line.Split(' '))
            .Where(fields => folder.StartsWith(fields[1], StringComparison.Ordinal)).MaxBy(fields => fields[1].Length)!;
        return $"{mount[2]} at {mount[1]}";
    }
}
