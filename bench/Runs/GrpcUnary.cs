using Exporter.Bench.Calls;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Runs;

/// <summary>Unary calls of about 100 bytes, beside the same by hand on Kestrel and HttpClient; the legs take turns.</summary>
internal static class GrpcUnary
{
    private const int AtATime = 64;
    private const int Rounds = 5;

    public static async Task RunAsync(RunOptions options, Page page)
    {
        page.Note($"{AtATime} calls at a time, messages of {Words.Count(Readings.MeanBytes())} bytes on average, {Rounds} rounds, medians.");
        await using var packages = await CallServer.StartAsync(isBare: false);
        await using var bare = await CallServer.StartAsync(isBare: true);
        foreach (var connections in new[] { 1, 4 })
            await CompareAsync(packages, bare, connections, options, page);
    }

    private static async Task CompareAsync(CallServer packages, CallServer bare, int connections, RunOptions options, Page page)
    {
        using var both = new UnaryLeg(packages, connections, AtATime, address => new ChannelCaller(address));
        using var bareServer = new UnaryLeg(bare, connections, AtATime, address => new ChannelCaller(address));
        using var bareBoth = new UnaryLeg(bare, connections, AtATime, address => new BareCaller(address));
        UnaryLeg[] legs = [both, bareServer, bareBoth];
        foreach (var leg in legs)
            await leg.WarmUpAsync(options.WarmUp / legs.Length);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var leg in legs)
                await leg.MeasureAsync(TimeSpan.FromSeconds(options.Seconds ?? 4));
        }

        var on = connections == 1 ? "one connection" : $"{connections} connections";
        page.Figure($"gRPC server and client, {on}", both.Rate, both.Cost);
        page.Figure($"bare handler, gRPC client, {on}", bareServer.Rate, bareServer.Cost);
        page.Figure($"bare handler, bare client, {on}", bareBoth.Rate, bareBoth.Cost);
        page.Figure($"server's share, {on}", both.Of(bareServer), "at least 0.75 of the bare handler's rate");
        page.Figure($"server's and client's share, {on}", both.Of(bareBoth), "at least 0.75; the official packages: 0.68");
    }
}
