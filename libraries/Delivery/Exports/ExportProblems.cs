namespace Exporter.Delivery.Exports;

/// <summary>Finds every fault of an export configuration at once; a saved one has none.</summary>
public static partial class ExportProblems
{
    private const int MostRepeated = 60;

    /// <summary>What is wrong with an export, each fault at its field; empty when it may be saved.</summary>
    /// <param name="export">As it is offered.</param>
    /// <param name="fileRoots">Folders under which file:// addresses must lie (rule O7).</param>
    public static IReadOnlyList<FieldProblem> Of(ExportDefinition export, IReadOnlyList<string> fileRoots) =>
    [
        .. OfName(export.Name),
        .. OfKind(export.Kind),
        .. OfAddress(export.Kind, export.Settings, fileRoots),
        .. OfBatches(export.Settings),
        .. OfSkips(export.Settings),
        .. OfDelivery(export.Settings),
        .. OfLimit(export.Settings),
    ];

    private static FieldProblem Problem(string setting, string sentence) => new("settings." + setting, sentence);

    // A value found is repeated as far as a sentence bears it.
    private static string Short(string text) => text.Length <= MostRepeated ? text : text[..MostRepeated] + "…";
}
