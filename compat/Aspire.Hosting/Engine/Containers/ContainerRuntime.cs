using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Compat.Processes;

namespace Aspire.Hosting.Engine.Containers;

/// <summary>Docker, as far as it is there. Images are never pulled.</summary>
internal sealed class ContainerRuntime(EngineOptions options, string run)
{
    /// <summary>Whether Docker answers and has the image.</summary>
    public async Task<bool> HasAsync(ContainerImageAnnotation image, CancellationToken cancel) =>
        options.Containers && await Docker.HasAsync(image.Reference, cancel).ConfigureAwait(false);

    /// <summary>The client that runs the container; variables go by its own environment, so that no secret is among the arguments.</summary>
    public LaunchPlan Plan(ContainerResource container, IReadOnlyDictionary<EndpointAnnotation, int> ports, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        var name = $"{container.Name}-{run}";
        List<string> words = ["run", "--rm", "--name", name, "--pull", "never"];
        foreach (var (endpoint, port) in ports)
            words.AddRange("--publish", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}:{endpoint.TargetPort ?? port}"));
        foreach (var variable in environment.Keys)
            words.AddRange("--env", variable);
        foreach (var mount in container.Annotations.OfType<ContainerMountAnnotation>())
            words.AddRange("--volume", $"{mount.Source}{(mount.Source is null ? "" : ":")}{mount.Target}{(mount.IsReadOnly ? ":ro" : "")}");
        if (container.Entrypoint is { } entrypoint)
            words.AddRange("--entrypoint", entrypoint);
        words.Add(container.Annotations.OfType<ContainerImageAnnotation>().Last().Reference);
        words.AddRange(arguments);
        return new() { Command = Docker.Program, Arguments = words, Folder = "/", Environment = environment, Container = name };
    }
}
