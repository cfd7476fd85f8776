using Exporter.Delivery.Objects;

namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private static IEnumerable<FieldProblem> OfObjects(ExportSettings settings, IReadOnlyList<string> fileRoots) =>
    [
        .. ObjectRules.Problems(settings).Select(fault => new FieldProblem(fault.Field, fault.Problem)),
        .. OfFolder(settings.Url, fileRoots),
    ];

    // By its name only: the sender asks again where symbolic links lead (rule O7).
    private static IEnumerable<FieldProblem> OfFolder(string url, IReadOnlyList<string> fileRoots)
    {
        if (ObjectKeyTemplate.TryParse(url, out _) is not { IsFile: true } template)
            yield break;

        var folder = WithSlash(template.StaticFolder[ObjectLocation.FileScheme.Length..]);
        if (!fileRoots.Any(root => folder.StartsWith(WithSlash(Path.GetFullPath(root)), StringComparison.Ordinal)))
            yield return Url($"Must lie under a folder of 'Exporter:FileRoots' ({string.Join(", ", fileRoots)}), found '{Short(folder)}'.");
    }

    private static string WithSlash(string folder) => folder.EndsWith('/') ? folder : folder + "/";
}
