using System.Text.RegularExpressions;
using Exporter.Deploy.Kit;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy;

/// <summary>An alert is about a metric that there is, and operators are told what to do about it.</summary>
public sealed partial class AlertTests
{
    [Fact]
    public async Task Every_alert_is_explained_and_every_metric_in_it_is_documented()
    {
        var rules = (await Scripts.RunAsync("compose.js", RepositoryFolder.PathOf("deploy/prometheus/alerts.yaml")))["groups"]![0]!["rules"]!.AsArray();
        var operations = await ReadAsync("docs/operations.md");
        var known = Documented().Matches(await ReadAsync("docs/metrics.md")).Select(name => name.Value.Replace('.', '_')).Append("exporter_export_name").ToHashSet();
        rules.Count.ShouldBeGreaterThan(5);
        foreach (var rule in rules)
        {
            operations.ShouldContain($"| {rule!["alert"]} |");
            Used().Matches($"{rule["expr"]}").Select(name => name.Value).Where(name => !known.Contains(Unit().Replace(name, "")) && !known.Contains(name)).ShouldBeEmpty($"{rule["alert"]}");
        }
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(RepositoryFolder.PathOf(path), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"exporter(\.[a-z_]+)+")]
    private static partial Regex Documented();

    [GeneratedRegex("exporter(_[a-z]+)+")]
    private static partial Regex Used();

    [GeneratedRegex("_(seconds|bytes|total)$")]
    private static partial Regex Unit();
}
