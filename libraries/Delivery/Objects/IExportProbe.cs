using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Objects;

/// <summary>Tries an export's destination out (for objects: rule O3).</summary>
public interface IExportProbe
{
    /// <summary>Makes the check. Faults of the destination are failed steps, not exceptions.</summary>
    Task<ProbeResult> CheckAsync(ExportDefinition export, CancellationToken cancel);
}

/// <summary>What a check found out.</summary>
/// <param name="Steps">In the order in which they were made; the first that failed may be the last.</param>
/// <param name="ConditionalPut">How the store answers conditional writes; unknown when the check did not get that far.</param>
public sealed record ProbeResult(IReadOnlyList<ProbeStep> Steps, ConditionalPut ConditionalPut)
{
    /// <summary>Whether every step passed.</summary>
    public bool Passed => Steps.All(step => step.Passed);
}

/// <summary>One step of a check.</summary>
/// <param name="Name">A few words.</param>
/// <param name="Passed">Whether it went well.</param>
/// <param name="Detail">A sentence: what was found and, when it failed, what to do.</param>
public sealed record ProbeStep(string Name, bool Passed, string Detail);
