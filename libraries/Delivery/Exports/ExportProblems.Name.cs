namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    // Metrics count under it the reports that went to no export.
    private const string ReservedName = "none";

    private static IEnumerable<FieldProblem> OfName(string name)
    {
        if (name.Length is 0 or > ExportDefinition.MaxNameLength)
            yield return new("name", $"Must have 1 to {ExportDefinition.MaxNameLength} characters, found {name.Length}.");
        else if (name.Any(char.IsControl) || char.IsWhiteSpace(name[0]) || char.IsWhiteSpace(name[^1]))
            yield return new("name", "Must not begin or end with white space, nor hold control characters.");
        else if (Guid.TryParse(name, out _))
            yield return new("name", $"Must not look like an id, found '{name}': exports are found by their id or their name.");
        else if (name == ReservedName)
            yield return new("name", $"Must not be '{ReservedName}': metrics mean by it that no export took a report.");
    }

    private static IEnumerable<FieldProblem> OfKind(ExportKind kind)
    {
        if (!Enum.IsDefined(kind))
            yield return new("kind", $"Must be dummy, geosubmit, internal or s3, found {(kind == 0 ? "none" : (int)kind)}.");
    }
}
