using System.Text.Json;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Checks;

/// <summary>Compares what lies at the destinations with what was handed in.</summary>
internal sealed class Checker(Journal journal, IReadOnlyList<ExportPlan> exports)
{
    private const string IdPrefix = "id-";
    private readonly List<Finding> findings = [];
    private readonly Dictionary<string, Dictionary<long, int>> timesByExport = exports.ToDictionary(export => export.Name, _ => new Dictionary<long, int>());

    /// <summary>Reports that an export has, each counted as often as it is there.</summary>
    public long CountOf(ExportPlan export) => timesByExport[export.Name].Values.Sum(times => (long)times);

    /// <summary>Takes note of one report in an object.</summary>
    /// <param name="export">Whose object.</param>
    /// <param name="source">By the object's folder; null where the place does not tell.</param>
    /// <param name="apiKey">By the object's folder.</param>
    /// <param name="body">As it is there.</param>
    public void See(ExportPlan export, string? source, string? apiKey, JsonElement body)
    {
        if (IdOf(body) is not { } id || journal.Find(id) is not { } report)
        {
            findings.Add(new(FindingKind.Foreign, export.Name, "was never handed in.", IdOf(body)));
            return;
        }

        var times = timesByExport[export.Name];
        times[id] = times.GetValueOrDefault(id) + 1;
        if (times[id] == 2)
            findings.Add(new(FindingKind.Doubled, export.Name, "is there more than once.", id));
        if (!export.Matches(report))
            findings.Add(new(FindingKind.Skipped, export.Name, $"has key '{report.Request.ApiKey}' and source '{report.Source}', which the export skips.", id));
        if (source is not null && (source != report.Source || apiKey != report.Request.ApiKey))
            findings.Add(new(FindingKind.Misplaced, export.Name, $"lies under '{source}/{apiKey}', and was handed in as '{report.Source}/{report.Request.ApiKey}'.", id));
        if (JsonComparison.FirstDifference(JsonSerializer.Deserialize<JsonElement>(report.Json), body) is { } difference)
            findings.Add(new(FindingKind.Changed, export.Name, difference, id));
    }

    /// <summary>Everything that was found, with what only the whole shows.</summary>
    public IReadOnlyList<Finding> Finish() => [.. findings, .. journal.Requests.SelectMany(Finish)];

    private List<Finding> Finish(SubmittedRequest request)
    {
        List<Finding> found = [];
        var (there, missing) = (0, 0);
        foreach (var export in exports)
        {
            var times = timesByExport[export.Name];
            foreach (var report in request.Reports.Where(export.Matches))
            {
                if (times.ContainsKey(report.Id))
                {
                    there++;
                    continue;
                }

                missing++;
                if (request.IsAcknowledged)
                    found.Add(new(FindingKind.Lost, export.Name, $"was acknowledged (request {request.Number}) and is not there.", report.Id));
            }
        }

        if (!request.IsAcknowledged && there > 0 && missing > 0)
            found.Add(new(FindingKind.Torn, "all exports", $"Of request {request.Number}, whose answer was lost, {there} deliveries are there and {missing} are not.", request.Reports[0].Id));
        return found;
    }

    private static long? IdOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("wifiAccessPoints", out var wifis) && wifis.ValueKind == JsonValueKind.Array && wifis.GetArrayLength() > 0
        && wifis[0].TryGetProperty("ssid", out var ssid) && ssid.GetString() is { } name
        && name.StartsWith(IdPrefix, StringComparison.Ordinal) && long.TryParse(name.AsSpan(IdPrefix.Length), out var id)
            ? id
            : null;
}
