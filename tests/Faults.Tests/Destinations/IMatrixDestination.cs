using Exporter.Delivery.Exports;
using Exporter.Faults.Matrix;
using Exporter.Reports.V1;

namespace Exporter.Faults.Destinations;

/// <summary>A destination that fails on order, and can be counted.</summary>
internal interface IMatrixDestination : IAsyncDisposable
{
    /// <summary>The export that leads there.</summary>
    ExportDefinition Export { get; }

    /// <summary>The faults of the destination and of the way to it.</summary>
    MatrixTable Table { get; }

    /// <summary>The calls on the store that its delivery makes.</summary>
    IReadOnlyList<string> StoreStages { get; }

    /// <summary>Whether a fault that was ordered has not happened yet.</summary>
    bool IsArmed { get; }

    /// <summary>Whether what arrives is an object, which may be there once only.</summary>
    bool HoldsObjects { get; }

    /// <summary>What came since <see cref="Clear"/>.</summary>
    IReadOnlyList<Arrival> Arrivals { get; }

    /// <summary>The blocks of a cell.</summary>
    IEnumerable<IReadOnlyList<Report>> Blocks(int cell);

    /// <summary>Completes when a request hangs that did not when this was called last.</summary>
    Task StallsAsync(CancellationToken cancel);

    /// <summary>Ends every fault, and forgets what arrived.</summary>
    void Clear();
}
