using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Exporter.Delivery.Telemetry;

namespace Exporter.Doorbells.Hosting;

/// <summary>Sums of the counters, by their attributes.</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> sums = new();

    public CountedMetrics()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter == ExporterMeter.Meter)
                to.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            sums.AddOrUpdate(Key(instrument.Name, tags.ToArray().Select(tag => (tag.Key, tag.Value))), value, (_, sum) => sum + value));
        listener.Start();
    }

    public long Sum(string name, params (string Key, object? Value)[] attributes) => sums.GetValueOrDefault(Key(name, attributes));

    public async Task WaitForAsync(string name, long sum, params (string Key, object? Value)[] attributes)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(30));
        while (Sum(name, attributes) < sum)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
    }

    public void Dispose() => listener.Dispose();

    private static string Key(string name, IEnumerable<(string Key, object? Value)> attributes) =>
        $"{name} {string.Join(' ', attributes.OrderBy(attribute => attribute.Key).Select(attribute => $"{attribute.Key}={attribute.Value}"))}";
}
