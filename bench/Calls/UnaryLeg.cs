using System.Globalization;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Calls;

/// <summary>One server and one client, measured in rounds.</summary>
internal sealed class UnaryLeg : IDisposable
{
    private readonly CallServer server;
    private readonly List<IUnaryCaller> callers;
    private readonly UnaryLoad load;
    private readonly List<double> rates = [];
    private readonly List<double> allocated = [];
    private readonly List<double> microseconds = [];

    public UnaryLeg(CallServer server, int connections, int atATime, Func<Uri, IUnaryCaller> connect)
    {
        this.server = server;
        callers = [.. Enumerable.Range(0, connections).Select(_ => connect(server.Address))];
        load = new(callers, atATime);
    }

    public string Rate => string.Create(CultureInfo.InvariantCulture, $"{Median(rates):N0} calls/s");

    public string Cost => string.Create(CultureInfo.InvariantCulture, $"server: {Median(allocated):N0} bytes allocated, {Median(microseconds):N1} µs a call");

    /// <summary>The median of the rounds' ratios: both legs of a round had the same machine.</summary>
    public string Of(UnaryLeg other) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median([.. rates.Zip(other.rates, (mine, its) => mine / its)]):N2}");

    public Task WarmUpAsync(TimeSpan duration) => load.RunAsync(duration);

    public async Task MeasureAsync(TimeSpan duration)
    {
        var (bytes, used) = (await server.ReadAllocatedAsync(), server.ProcessorTime);
        var (calls, time) = await load.RunAsync(duration);
        rates.Add(calls / time.TotalSeconds);
        microseconds.Add((server.ProcessorTime - used).TotalMicroseconds / calls);
        allocated.Add((double)(await server.ReadAllocatedAsync() - bytes) / calls);
    }

    public void Dispose() => callers.ForEach(caller => caller.Dispose());

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
