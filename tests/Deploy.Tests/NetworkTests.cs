using System.Text.Json.Nodes;
using Exporter.Deploy.Kit;

namespace Exporter.Deploy;

/// <summary>Nothing talks that no policy names.</summary>
public sealed class NetworkTests
{
    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Everything_is_denied_that_is_not_named(string overlay)
    {
        var deny = (await Manifests.OfAsync(overlay)).OfKind("NetworkPolicy").Where(policy => policy["spec"]!["podSelector"]!.AsObject().Count == 0).ShouldHaveSingleItem();
        deny["spec"]!["policyTypes"]!.AsArray().Select(type => (string)type!).ShouldBe(["Ingress", "Egress"]);
        deny["spec"]!["ingress"].ShouldBeNull();
        deny["spec"]!["egress"].ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_port_is_let_in_by_a_policy_or_only_probed_and_no_policy_names_another(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var (_, name, pod) in manifests.Pods)
        {
            var containers = pod["spec"]!["containers"]!.AsArray();
            var ports = containers.SelectMany(container => container!["ports"]?.AsArray() ?? []).Select(port => (string)port!["name"]!).ToHashSet();
            var probed = containers.Select(container => (string?)container!["readinessProbe"]?["httpGet"]?["port"]).OfType<string>();
            var letIn = manifests.OfKind("NetworkPolicy").Where(policy => Selects(policy, pod))
                .SelectMany(policy => policy["spec"]!["ingress"]?.AsArray() ?? [])
                .SelectMany(rule => rule!["ports"]!.AsArray()).Select(port => port!["port"]!.ToString()).ToHashSet();
            ports.Except(letIn).Except(probed).ShouldBeEmpty(name);
            letIn.Except(ports).ShouldBeEmpty(name);
        }
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task A_service_in_front_of_pods_leads_to_a_port_that_they_have(string overlay)
    {
        var manifests = await Manifests.OfAsync(overlay);
        foreach (var service in manifests.OfKind("Service"))
        {
            var (_, _, pod) = manifests.Pods.Where(pod => Holds(pod.Pod, service["spec"]!["selector"]!)).ShouldHaveSingleItem(Manifests.NameOf(service));
            var ports = pod["spec"]!["containers"]!.AsArray().SelectMany(container => container!["ports"]!.AsArray()).Select(port => (string)port!["name"]!);
            service["spec"]!["ports"]!.AsArray().Select(port => (string)port!["targetPort"]!).Except(ports).ShouldBeEmpty(Manifests.NameOf(service));
        }
    }

    private static bool Selects(JsonNode policy, JsonNode pod) => policy["spec"]!["podSelector"]!["matchLabels"] is { } labels && Holds(pod, labels);

    private static bool Holds(JsonNode pod, JsonNode labels) =>
        labels.AsObject().All(label => (string?)pod["metadata"]!["labels"]![label.Key] == (string?)label.Value);
}
