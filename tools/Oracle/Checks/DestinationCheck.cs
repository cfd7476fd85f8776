using Exporter.Oracle.Destinations;

namespace Exporter.Oracle.Checks;

/// <summary>Shows everything that arrived anywhere to the checker; each arrival once, however often it is run.</summary>
internal sealed class DestinationCheck(IHome home)
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<Guid> batches = [];
    private readonly HashSet<string> known = [];
    private readonly Checker checker = new(home.Journal, [.. home.Exports.Where(export => home.DestinationOf(export) is not null)]);

    /// <summary>What is wrong at the destinations, and how many reports each export has there.</summary>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, long> ReportsByExport)> RunAsync(CancellationToken cancel)
    {
        var reports = new Dictionary<string, long>();
        foreach (var export in home.Exports)
        {
            if (home.DestinationOf(export) is not { } destination)
                continue;
            await foreach (var arrival in destination.LookAsync(known, cancel))
                Take(export, arrival);
            reports[export.Name] = checker.CountOf(export);
        }

        return ([.. findings, .. checker.Finish()], reports);
    }

    private void Take(ExportPlan export, Arrival arrival)
    {
        if (arrival.Fault is { } fault)
        {
            findings.Add(new(fault.Kind, export.Name, fault.Detail));
            return;
        }

        known.Add(arrival.Place);
        if (arrival.BatchId is { } batch && !batches.Add(batch))
            findings.Add(new(FindingKind.SameName, export.Name, $"Another object has the name of '{arrival.Place}'."));
        foreach (var report in arrival.Reports)
            checker.See(export, arrival.Source, arrival.ApiKey, report);
    }
}
