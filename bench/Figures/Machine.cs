using System.Globalization;
using System.Runtime.InteropServices;

namespace Exporter.Bench.Figures;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, commit {Repository.Commit()}, {Environment.ProcessorCount} cores ({Processor()}), " +
        $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:N0} GB, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}.");

    /// <summary>Of one, five and fifteen minutes.</summary>
    public static string Load() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
