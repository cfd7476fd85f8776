using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Containers;
using Aspire.Hosting.Engine.Data;
using Aspire.Hosting.Engine.Logs;
using Compat.Processes;
using Compat.Servers;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>Says how an instance starts.</summary>
internal sealed class Planner(Variables variables, ContainerRuntime containers, DataFolder data, FreePorts free, Secrets secrets)
{
    /// <exception cref="DistributedApplicationException">Something that it needs is missing.</exception>
    public async Task<LaunchPlan> PlanAsync(ResourceInstance instance, InstancePorts ports, CancellationToken cancel)
    {
        var own = ports.Of(instance.Index);
        await secrets.LearnAsync(instance.Resource, cancel).ConfigureAwait(false);
        var environment = await variables.EnvironmentAsync(instance, own, cancel).ConfigureAwait(false);
        var arguments = await variables.ArgumentsAsync(instance, cancel).ConfigureAwait(false);
        instance.Change(snapshot => snapshot with { EnvironmentVariables = [.. environment.OrderBy(known => known.Key, StringComparer.Ordinal).Select(known => new EnvironmentVariableSnapshot(known.Key, known.Value, IsFromSpec: true))] });
        ports.Check(instance.Index);
        return instance.Resource switch
        {
            ProjectResource project => OfProject(ProjectProgram.Of(project), environment, arguments),
            ExecutableResource executable => new() { Command = executable.Command, Arguments = arguments, Folder = executable.WorkingDirectory, Environment = environment },
            ContainerResource container => await OfContainerAsync(instance, container, own, environment, arguments, cancel).ConfigureAwait(false),
            _ => throw new NotSupportedException($"Aspire.Hosting (stand-in): a {instance.Resource.GetType().Name} can't be started."),
        };
    }

    private static LaunchPlan OfProject(ProjectProgram program, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments) =>
        new() { Command = program.Command, Arguments = [.. program.Arguments, .. arguments], Folder = program.Folder, Environment = environment };

    private async Task<LaunchPlan> OfContainerAsync(
        ResourceInstance instance, ContainerResource container, IReadOnlyDictionary<EndpointAnnotation, int> ports, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"Container '{container.Name}' has no image. Call WithImage.");
        if (await containers.HasAsync(image, cancel).ConfigureAwait(false))
            return containers.Plan(container, ports, environment, arguments);

        var program = container.Annotations.OfType<ServerProgramAnnotation>().LastOrDefault()?.Program;
        var missing = program is null ? "No program of this machine can do its work." : program.Missing();
        if (missing is not null)
            throw new DistributedApplicationException($"Container '{container.Name}' can't start: Docker does not have image '{image.Reference}' at hand, and images are not pulled here. {missing}");

        var (folder, isKept) = FolderOf(container);
        var context = new ServerContext(folder, isKept, ports.ToDictionary(known => known.Key.Name, known => known.Value), free.Take, arguments, line => instance.Log.Add(line, isError: false));
        var plan = await program!.PrepareAsync(context, cancel).ConfigureAwait(false);
        return plan with { Environment = environment.Concat(plan.Environment).GroupBy(known => known.Key).ToDictionary(known => known.Key, known => known.Last().Value) };
    }

    private (string Folder, bool IsKept) FolderOf(ContainerResource container) => container.Annotations.OfType<ContainerMountAnnotation>().FirstOrDefault() switch
    {
        { Type: ContainerMountType.BindMount, Source: { } folder } => (folder, true),
        { Source: { } name } => (data.Volume(name), true),
        _ => (data.Temporary(container.Name), false),
    };
}
