using Exporter.Bench.Calls;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Runs;

/// <summary>Bidirectional messages of 64 kB, each sent back, beside a handler by hand.</summary>
internal static class GrpcEcho
{
    private const int Rounds = 5;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        page.Note($"Messages of {EchoLoad.ChunkBytes} bytes, each sent back and compared; {Rounds} rounds, medians; MB/s each way.");
        await using var packages = await CallServer.StartAsync(isBare: false);
        await using var bare = await CallServer.StartAsync(isBare: true);
        foreach (var streams in new[] { 1, 4 })
        {
            using var own = new EchoLoad(packages.Address, streams);
            using var ceiling = new EchoLoad(bare.Address, streams);
            await own.RunAsync(options.WarmUp / 2);
            await ceiling.RunAsync(options.WarmUp / 2);
            List<double> rates = [], ceilings = [];
            for (var round = 0; round < Rounds; round++)
            {
                rates.Add(await MeasureAsync(own, options));
                ceilings.Add(await MeasureAsync(ceiling, options));
            }

            var on = streams == 1 ? "one stream" : $"{streams} streams, each on its connection";
            page.Figure($"echoed, {on}", PerSecond(rates), "at least 450 MB/s; the official packages: 443");
            page.Figure($"bare handler, gRPC client, {on}", PerSecond(ceilings), "ceiling");
        }
    }

    private static async Task<double> MeasureAsync(EchoLoad load, RunOptions options)
    {
        var (chunks, time) = await load.RunAsync(TimeSpan.FromSeconds(options.Seconds ?? 4));
        return chunks * (double)EchoLoad.ChunkBytes / time.TotalSeconds;
    }

    private static string PerSecond(List<double> rates) => Words.Megabytes(rates.Order().ElementAt(rates.Count / 2)) + "/s";
}
