using System.Collections.Concurrent;

namespace Exporter.Delivery.Sending;

/// <summary>The destinations that exports wait for: those whose circuit is open in this process.</summary>
public sealed class DestinationFaults
{
    private readonly ConcurrentDictionary<Guid, DestinationFault> faultByExport = new();

    /// <summary>Those of now, the longest-lasting first.</summary>
    public IReadOnlyList<DestinationFault> Current => [.. faultByExport.Values.OrderBy(fault => fault.Since)];

    internal void Add(Guid exportId, DestinationFault fault) =>
        faultByExport.AddOrUpdate(exportId, fault, (_, earlier) => fault with { Since = earlier.Since });

    internal void Remove(Guid exportId) => faultByExport.TryRemove(exportId, out _);
}

/// <summary>Why an export waits for its destination.</summary>
/// <param name="ExportName">Its label.</param>
/// <param name="ErrorType">A short fixed word: how the last attempt failed.</param>
/// <param name="Detail">A sentence that says what to do; for operators, since it may name the destination.</param>
/// <param name="Since">When the first attempt failed.</param>
public sealed record DestinationFault(string ExportName, string ErrorType, string Detail, DateTimeOffset Since);
