using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
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
            sums.AddOrUpdate(Key(instrument.Name, tags), value, (_, sum) => sum + value));
        listener.Start();
    }

    /// <summary>What was counted with these attributes, whatever others there are.</summary>
    public long Sum(string name, params string[] attributes) =>
        sums.Where(sum => sum.Key.Split(' ') is var parts && parts[0] == name && attributes.All(parts.Contains)).Sum(sum => sum.Value);

    public async Task WaitForAsync(string name, long sum, params string[] attributes)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(30));
        while (Sum(name, attributes) < sum)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
    }

    public void Dispose() => listener.Dispose();

    private static string Key(string name, ReadOnlySpan<KeyValuePair<string, object?>> attributes)
    {
        var key = new StringBuilder(name);
        foreach (var (attribute, value) in attributes)
            key.Append(CultureInfo.InvariantCulture, $" {attribute}={value}");
        return key.ToString();
    }
}
