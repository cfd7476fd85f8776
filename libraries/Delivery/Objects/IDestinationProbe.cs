using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Objects;

/// <summary>Tries out the destinations of one kind of export.</summary>
public interface IDestinationProbe
{
    /// <summary>Which exports.</summary>
    ExportKind Kind { get; }

    /// <summary>Makes the check. Faults of the destination are failed steps, not exceptions.</summary>
    Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel);
}
