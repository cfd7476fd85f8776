using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Processes;
using Aspire.Hosting.Engine.Programs;

namespace Aspire.Hosting.Engine.Containers;

/// <summary>Docker, as far as it is there. Images are never pulled.</summary>
internal sealed class ContainerRuntime(EngineOptions options, string run)
{
    private const string Docker = "docker";
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    /// <summary>Whether Docker answers and has the image.</summary>
    public async Task<bool> HasAsync(ContainerImageAnnotation image, CancellationToken cancel)
    {
        if (!options.Containers || ProgramPath.Find(Docker) is not { } docker)
            return false;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LongestAnswer);
        try
        {
            var (exitCode, _) = await ToolRun.RunAsync(docker, ["image", "inspect", "--format", "{{.Id}}", image.Reference], limit.Token).ConfigureAwait(false);
            return exitCode == 0;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A Docker that does not answer has no image at hand.
            return false;
        }
    }

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
        return new() { Command = Docker, Arguments = words, Folder = "/", Environment = environment, Container = name };
    }

    /// <summary>Ends a container that its client left behind.</summary>
    public static async Task RemoveAsync(string name)
    {
        using var limit = new CancellationTokenSource(LongestAnswer);
        try
        {
            await ToolRun.RunAsync(Docker, ["rm", "--force", name], limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new DistributedApplicationException($"Docker did not remove container '{name}' in {LongestAnswer.TotalSeconds:0} s. Remove it with 'docker rm --force {name}'.");
        }
    }
}
