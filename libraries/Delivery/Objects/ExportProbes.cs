using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Objects;

/// <summary>Checks every kind of export with the probe that knows it.</summary>
/// <param name="probes">One a kind.</param>
public sealed class ExportProbes(IEnumerable<IDestinationProbe> probes) : IExportProbe
{
    /// <inheritdoc />
    public async Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel)
    {
        if (probes.FirstOrDefault(probe => probe.Kind == export.Kind) is { } probe)
            return await probe.CheckAsync(export, cancel);

        var hasNoDestination = export.Kind is ExportKind.Dummy or ExportKind.Internal;
        return new([new("kind", hasNoDestination, $"Exports of kind {ExportKindWord.Of(export.Kind)} have no destination that can be tried out here.")], ConditionalPut.Unknown);
    }
}
