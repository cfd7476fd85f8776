using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>How a project is run: what the build wrote down beside its <c>Projects</c> type, else by <c>dotnet run</c>.</summary>
internal sealed record ProjectProgram(string Command, IReadOnlyList<string> Arguments, string Folder)
{
    private const string KeyPrefix = "projectprogram:";

    public static ProjectProgram Of(ProjectResource project)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Single();
        var folder = Path.GetDirectoryName(metadata.ProjectPath)!;
        if (BuiltOf(metadata) is not { } library)
            return new("dotnet", ["run", "--no-launch-profile", "--project", metadata.ProjectPath, "--"], folder);

        if (!File.Exists(library))
            throw new DistributedApplicationException($"Project '{metadata.ProjectPath}' of resource '{project.Name}' is not built: '{library}' is missing. Build the application's project, which builds it too.");

        var program = Path.ChangeExtension(library, null);
        return File.Exists(program) ? new(program, [], folder) : new("dotnet", [library], folder);
    }

    private static string? BuiltOf(IProjectMetadata metadata) => metadata.GetType().Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(known => known.Key == KeyPrefix + metadata.ProjectPath)?.Value;
}
