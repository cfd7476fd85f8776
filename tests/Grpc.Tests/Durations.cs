using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Exporter.Grpc;

/// <summary>What gRPC's duration histograms were told: the values of the attributes, in the convention's order.</summary>
internal sealed class Durations : IDisposable
{
    private static readonly string[] Attributes = ["rpc.system", "rpc.service", "rpc.method", "rpc.grpc.status_code"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, string Attributes)> _recorded = new();
    private readonly ConcurrentDictionary<string, bool> _units = new();

    public Durations()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!instrument.Name.StartsWith("rpc.", StringComparison.Ordinal))
                return;
            _units[$"{instrument.Meter.Name} {instrument.Unit}"] = true;
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary();
            values.Keys.ShouldBe(Attributes);
            value.ShouldBeGreaterThanOrEqualTo(0);
            _recorded.Enqueue((instrument.Name, string.Join(' ', Attributes.Select(name => values[name]))));
        });
        _listener.Start();
    }

    public IEnumerable<string> Units => _units.Keys;

    public IEnumerable<string> Of(string instrument) => _recorded.Where(each => each.Instrument == instrument).Select(each => each.Attributes);

    public void Dispose() => _listener.Dispose();
}
