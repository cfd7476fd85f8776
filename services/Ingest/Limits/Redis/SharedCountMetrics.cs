using System.Diagnostics.Metrics;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>Whether limits are shared, and what was decided without knowing.</summary>
internal sealed class SharedCountMetrics : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> undecided;

    public SharedCountMetrics(IMeterFactory meters, RedisLink link)
    {
        meter = meters.Create("Exporter");
        undecided = meter.CreateCounter<long>(
            "exporter.limit.undecided", "{request}", "Requests that were served or refused without the counts of the other instances.");
        meter.CreateObservableUpDownCounter(
            "exporter.limit.status",
            () => new[] { Measure("shared", link.IsUp), Measure("alone", !link.IsUp) },
            "1",
            "1 for how limits are counted now.");
    }

    public void Undecided(bool isRefused) =>
        undecided.Add(1, new KeyValuePair<string, object?>("exporter.outcome", isRefused ? "refused" : "served"));

    public void Dispose() => meter.Dispose();

    private static Measurement<long> Measure(string state, bool isIt) =>
        new(isIt ? 1 : 0, new KeyValuePair<string, object?>("exporter.limit.state", state));
}
