using System.Text.Json.Nodes;
using Exporter.Deploy.Kit;

namespace Exporter.Deploy;

/// <summary>What every pod keeps to.</summary>
public sealed class PodTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_container_runs_without_rights_and_within_limits(string overlay)
    {
        foreach (var (_, name, pod) in (await Manifests.OfAsync(overlay)).Pods)
        {
            var all = pod["spec"]!["securityContext"]!;
            ((bool)all["runAsNonRoot"]!).ShouldBeTrue(name);
            ((int)all["runAsUser"]!).ShouldBeGreaterThan(0, name);
            ((string?)all["seccompProfile"]?["type"]).ShouldBe("RuntimeDefault", name);
            ((bool)pod["spec"]!["automountServiceAccountToken"]!).ShouldBeFalse(name);
            foreach (var container in ContainersOf(pod))
            {
                var own = container["securityContext"]!;
                ((bool)own["readOnlyRootFilesystem"]!).ShouldBeTrue(name);
                ((bool)own["allowPrivilegeEscalation"]!).ShouldBeFalse(name);
                own["capabilities"]!["drop"]!.AsArray().Select(drop => (string)drop!).ShouldBe(["ALL"], name);
                foreach (var resource in new[] { "cpu", "memory" })
                {
                    container["resources"]?["requests"]?[resource].ShouldNotBeNull($"{name}: request of {resource}");
                    container["resources"]?["limits"]?[resource].ShouldNotBeNull($"{name}: limit of {resource}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_container_that_stays_has_probes(string overlay)
    {
        foreach (var (kind, name, pod) in (await Manifests.OfAsync(overlay)).Pods.Where(pod => pod.Kind != "Job"))
        {
            foreach (var container in ContainersOf(pod))
            {
                foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
                    container[probe].ShouldNotBeNull($"{name}: {probe}");
                if (kind != "Deployment")
                    continue;
                ((string?)container["livenessProbe"]!["httpGet"]?["path"]).ShouldBe("/alive", name);
                ((string?)container["readinessProbe"]!["httpGet"]?["path"]).ShouldBe("/ready", name);
                ((int)container["startupProbe"]!["periodSeconds"]! * (int)container["startupProbe"]!["failureThreshold"]!).ShouldBeGreaterThan(300, "a start waits five minutes for the schema");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Secrets_are_only_referred_to(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        manifests.OfKind("Secret").ShouldBeEmpty();
        foreach (var (_, name, pod) in manifests.Pods)
        {
            foreach (var variable in ContainersOf(pod).SelectMany(container => container["env"]?.AsArray() ?? []))
            {
                ((string)variable!["name"]!).ShouldNotStartWith("ConnectionStrings__", customMessage: name);
                if (((string?)variable["value"])?.Contains("assword", StringComparison.Ordinal) is true)
                    ((string)variable["name"]!).ShouldEndWith("_FILE", customMessage: name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_service_that_stays_gives_way_one_pod_at_a_time(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        var budgets = manifests.OfKind("PodDisruptionBudget").ToDictionary(budget => Json(budget["spec"]!["selector"]!["matchLabels"]!));
        foreach (var deployment in manifests.OfKind("Deployment"))
        {
            var budget = budgets[Json(deployment["spec"]!["selector"]!["matchLabels"]!)];
            ((int)budget["spec"]!["maxUnavailable"]!).ShouldBe(1, "a minimum would keep a single pod from ever being moved");
        }
    }

    private static IEnumerable<JsonNode> ContainersOf(JsonNode pod) =>
        pod["spec"]!["containers"]!.AsArray().Concat(pod["spec"]!["initContainers"]?.AsArray() ?? []).Select(container => container!);

    private static string Json(JsonNode node) => node.ToJsonString();
}
