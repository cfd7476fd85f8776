namespace Exporter.Oracle.Checks;

/// <summary>Findings for people: by kind and place, the first few of each.</summary>
internal static class FindingText
{
    /// <summary>Lines of what processes said that are worth showing beside findings.</summary>
    public const int MostSaid = 100;

    private const int MostShown = 20;

    public static async Task WriteAsync(TextWriter output, IEnumerable<Finding> findings)
    {
        foreach (var group in findings.GroupBy(finding => (finding.Kind, finding.Where)))
        {
            await output.WriteLineAsync($"  {group.Key.Kind} at {group.Key.Where}: {group.Count()}");
            foreach (var finding in group.Take(MostShown))
                await output.WriteLineAsync($"    {(finding.Id is { } id ? $"id {id} " : "")}{finding.Detail}");
        }
    }
}
