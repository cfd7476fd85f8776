using System.Collections.Frozen;

namespace Exporter.Delivery.Exports;

/// <summary>All exports at one revision; never changes.</summary>
public sealed class ExportSnapshot
{
    /// <summary>No export at all, before anything was read.</summary>
    public static ExportSnapshot Empty { get; } = new(-1, []);

    /// <summary>Makes a snapshot.</summary>
    /// <param name="revision">Grows with every change of any export.</param>
    /// <param name="exports">All exports, enabled or not.</param>
    public ExportSnapshot(long revision, IEnumerable<ExportDefinition> exports)
    {
        Revision = revision;
        ById = exports.ToFrozenDictionary(export => export.Id);
        Enabled = [.. ById.Values.Where(export => export.IsEnabled).OrderBy(export => export.Id)];
    }

    /// <summary>Grows with every change of any export.</summary>
    public long Revision { get; }

    /// <summary>All exports.</summary>
    public FrozenDictionary<Guid, ExportDefinition> ById { get; }

    /// <summary>The enabled ones, in id order (the order in which rows are locked).</summary>
    public IReadOnlyList<ExportDefinition> Enabled { get; }

    /// <summary>An export by id or by name, or null.</summary>
    public ExportDefinition? Find(string idOrName) =>
        Guid.TryParse(idOrName, out var id) && ById.TryGetValue(id, out var export)
            ? export
            : ById.Values.FirstOrDefault(export => export.Name == idOrName);
}
