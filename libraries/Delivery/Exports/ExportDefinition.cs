namespace Exporter.Delivery.Exports;

/// <summary>An export as it stands in the store (rule S1).</summary>
/// <param name="Id">Never changed; batches and queues refer to it.</param>
/// <param name="Name">A label, unique, at most 40 characters.</param>
/// <param name="Kind">What sort of destination.</param>
/// <param name="IsEnabled">A disabled export gets no new reports and delivers nothing.</param>
/// <param name="Settings">Which reports, how batched, where to.</param>
/// <param name="ConditionalPut">What the last check found out.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Revision">The revision of all exports in which it was last changed.</param>
public sealed record ExportDefinition(
    Guid Id,
    string Name,
    ExportKind Kind,
    bool IsEnabled,
    ExportSettings Settings,
    ConditionalPut ConditionalPut,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Revision)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 40;

    /// <summary>A paused export goes on collecting and delivers nothing until it is resumed.</summary>
    public bool IsPaused { get; init; }
}
