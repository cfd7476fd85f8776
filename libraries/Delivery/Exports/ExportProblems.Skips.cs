using Exporter.Delivery.Blocks;
using Exporter.Delivery.Keys;

namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private const int MostSkipKeys = 1000;

    private static IEnumerable<FieldProblem> OfSkips(ExportSettings settings)
    {
        if (settings.SkipKeys.Count > MostSkipKeys)
            yield return Problem("skip_keys", $"Must be at most {MostSkipKeys:N0} keys, found {settings.SkipKeys.Count}.");

        foreach (var (index, key) in settings.SkipKeys.Take(MostSkipKeys).Index())
        {
            if (!ApiKey.IsWellFormed(key))
                yield return Problem($"skip_keys[{index}]", ApiKeyRule.SentenceFor(key));
        }

        foreach (var (index, source) in settings.SkipSources.Take(MostSkipKeys).Index())
        {
            if (!ReportSource.All.Contains(source, StringComparer.Ordinal))
                yield return Problem(
                    $"skip_sources[{index}]", $"Must be one of {string.Join(", ", ReportSource.All)}, found '{Short(source)}'.");
        }
    }
}
