using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Routing;

/// <summary>Blocks into partitions, partitions into batches (rules S1 to S5).</summary>
public interface IRoutingStore
{
    /// <summary>
    /// Routes up to <paramref name="maxBlocks"/> blocks in one transaction, sealing what became ripe by count or bytes.
    /// Routes nothing when the snapshot is not the present revision, or when no export is enabled (rule B6).
    /// </summary>
    Task<RouteResult> RouteAsync(ExportSnapshot snapshot, int maxBlocks, CancellationToken cancel);

    /// <summary>Seals up to <paramref name="maxBatches"/> batches whose oldest report has waited long enough, or that new settings made ripe.</summary>
    /// <returns>The kinds of exports that got batches; empty when nothing was ripe.</returns>
    Task<IReadOnlyList<ExportKind>> SealRipeAsync(ExportSnapshot snapshot, int maxBatches, CancellationToken cancel);

    /// <summary>Takes blocks away that nothing needs any more, a bounded number at a time; returns how many memberships went.</summary>
    Task<int> ReleaseAsync(int maxMembers, CancellationToken cancel);
}

/// <summary>What one routing transaction did.</summary>
/// <param name="IsStale">The snapshot is not the present revision: load it again.</param>
/// <param name="Blocks">Blocks routed.</param>
/// <param name="Reports">Reports routed, by export name; those that went nowhere under <c>none</c>.</param>
/// <param name="Sealed">Kinds of exports that got batches.</param>
public sealed record RouteResult(
    bool IsStale, int Blocks, IReadOnlyDictionary<string, long> Reports, IReadOnlyList<ExportKind> Sealed);
