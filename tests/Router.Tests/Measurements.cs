using System.Diagnostics.Metrics;
using System.Globalization;

namespace Exporter.Router;

/// <summary>What the instruments say that were made since.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, double> values = [];
    private bool isListening;

    public Measurements()
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isListening && instrument.Meter.Name == "Exporter")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Put(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Put(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Put(instrument, value, tags));
        listener.Start();
        isListening = true;
    }

    /// <summary>By name and the values of the attributes, with spaces between.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        values.Clear();
        listener.RecordObservableInstruments();
        return values;
    }

    public void Dispose() => listener.Dispose();

    private void Put(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var tag in tags)
            name += string.Create(CultureInfo.InvariantCulture, $" {tag.Value}");
        values.Add(name, value);
    }
}
