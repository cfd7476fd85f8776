namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private static IEnumerable<FieldProblem> OfObjects(ExportSettings settings, IReadOnlyList<string> fileRoots)
    {
        yield break;
    }
}
