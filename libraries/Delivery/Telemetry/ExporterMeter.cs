using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Exporter.Delivery.Telemetry;

/// <summary>The meter and the activity source that every part shares; names as in docs/metrics.md.</summary>
public static class ExporterMeter
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "Exporter";

    /// <summary>The meter.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The activity source.</summary>
    public static ActivitySource Activities { get; } = new(Name);
}
