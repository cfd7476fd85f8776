using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project.</summary>
    /// <typeparam name="TProject">The type that the build makes for each project that the application's project references.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject());

    /// <summary>Adds a project by its file; it is built when it starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="projectPath">Its file, from the application's folder.</param>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        builder.Add(name, new ProjectPath(Path.GetFullPath(projectPath, builder.AppHostDirectory)));

    /// <summary>Says how many of it run, each on ports of its own, behind one port for all.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Says that what a proxy tells of the caller is not believed. Nothing here ever tells it to be.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) => builder;

    private static IResourceBuilder<ProjectResource> Add(this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata) =>
        builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata).WithOtlpExporter();
}
