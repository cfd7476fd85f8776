using Exporter.Bench.Figures;
using Exporter.Bench.Server;

namespace Exporter.Bench.Runs;

/// <summary>What Standalone takes when nobody asks anything of it.</summary>
internal static class Rest
{
    public static async Task RunAsync(RunOptions options, Page page)
    {
        await using var server = await StandaloneServer.StartAsync(options);
        var memory = server.Memory;
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds ?? 20), TimeProvider.System, CancellationToken.None);
        var before = server.ProcessorTime;
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None);
        page.Figure("resident at rest", Words.Megabytes(memory.ResidentBytes), "less than 150 MB");
        page.Figure("peak since the start", Words.Megabytes(memory.PeakBytes));
        page.Figure("processor at rest", $"{(server.ProcessorTime - before).TotalMilliseconds / 100:N2} % of a core");
    }
}
