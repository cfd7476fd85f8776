using Exporter.Deploy.Kit;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy;

/// <summary>A service can't be forgotten where services are deployed; AppHost.Tests sees to the AppHost.</summary>
public sealed class ServiceListTests
{
    [Fact]
    public void Every_service_has_an_image()
    {
        Services.All.ShouldContain("Ingest");
        Services.All.Where(service => !File.Exists(RepositoryFolder.PathOf($"deploy/images/{service}.Dockerfile")))
            .ShouldBeEmpty("Copy another's Dockerfile in deploy/images, and put in the name.");
    }

    [Fact]
    public async Task Every_service_is_in_the_compose_file()
    {
        var compose = await Scripts.RunAsync("compose.js", RepositoryFolder.PathOf("deploy/compose.yaml"));
        Services.Deployed.Where(service => (string?)compose["services"]![Services.NameOf(service)]?["build"]?["dockerfile"] != $"deploy/images/{service}.Dockerfile")
            .ShouldBeEmpty("Add an entry to deploy/compose.yaml that builds the service's Dockerfile.");
    }

    [Theory]
    [MemberData(nameof(Overlay.All), MemberType = typeof(Overlay))]
    public async Task Every_service_has_a_folder_of_manifests_and_a_tag(string overlay)
    {
        var pods = (await Manifests.OfAsync(overlay)).Pods.ToDictionary(pod => pod.Name, pod => (string)pod.Pod["spec"]!["containers"]![0]!["image"]!);
        foreach (var name in Services.Deployed.Select(Services.NameOf))
        {
            Directory.Exists(RepositoryFolder.PathOf($"deploy/kubernetes/base/{name}")).ShouldBeTrue($"Add deploy/kubernetes/base/{name}, after the pattern of s3export.");
            pods.ShouldContainKey(name, $"Add '{name}' to deploy/kubernetes/base/kustomization.yaml.");
            pods[name].ShouldStartWith($"exporter/{name}:", customMessage: $"Add 'exporter/{name}' to the images of {overlay}.");
        }
    }

    [Fact]
    public async Task Every_exporter_scales_by_the_age_of_its_own_queue()
    {
        var scaled = (await Manifests.OfAsync("deploy/kubernetes/overlays/large")).OfKind("HorizontalPodAutoscaler")
            .Where(scaler => (string?)scaler["spec"]!["metrics"]![0]!["external"]?["metric"]?["name"] == "exporter_queue_age")
            .Select(scaler => (string)scaler["spec"]!["scaleTargetRef"]!["name"]!);
        Services.Exporters.Select(Services.NameOf).Except(scaled).ShouldBeEmpty("Add a scaler to deploy/kubernetes/overlays/large/scaling.yaml.");
    }
}
