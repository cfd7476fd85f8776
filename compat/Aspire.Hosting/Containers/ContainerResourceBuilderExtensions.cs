using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Containers. Images are taken when they are at hand, and never pulled.</summary>
public static class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image) =>
        builder.AddResource(new ContainerResource(name)).WithImage(image);

    /// <summary>Adds a container.</summary>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag) =>
        builder.AddResource(new ContainerResource(name)).WithImage(image, tag);

    /// <summary>Sets the image.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="image">The image, with its tag if <paramref name="tag"/> is null.</param>
    /// <param name="tag">The tag.</param>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        var colon = image.LastIndexOf(':');
        if (tag is null && colon > image.LastIndexOf('/'))
            (image, tag) = (image[..colon], image[(colon + 1)..]);
        return builder.WithAnnotation(new ContainerImageAnnotation { Image = image, Tag = tag }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Sets the image's tag.</summary>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource => builder.ChangeImage(image => image.Tag = tag);

    /// <summary>Sets the image's registry.</summary>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource => builder.ChangeImage(image => image.Registry = registry);

    /// <summary>Sets what the container runs.</summary>
    public static IResourceBuilder<T> WithEntrypoint<T>(this IResourceBuilder<T> builder, string entrypoint)
        where T : ContainerResource
    {
        builder.Resource.Entrypoint = entrypoint;
        return builder;
    }

    /// <summary>Puts a named volume under a folder of the container.</summary>
    public static IResourceBuilder<T> WithVolume<T>(this IResourceBuilder<T> builder, string? name, string target, bool isReadOnly = false)
        where T : ContainerResource => builder.WithAnnotation(new ContainerMountAnnotation(name, target, ContainerMountType.Volume, isReadOnly));

    /// <summary>Puts a folder of this machine under a folder of the container.</summary>
    /// <param name="builder">The container.</param>
    /// <param name="source">The folder, from the application's folder.</param>
    /// <param name="target">The folder in the container.</param>
    /// <param name="isReadOnly">Whether the container can't write there.</param>
    public static IResourceBuilder<T> WithBindMount<T>(this IResourceBuilder<T> builder, string source, string target, bool isReadOnly = false)
        where T : ContainerResource =>
        builder.WithAnnotation(new ContainerMountAnnotation(Path.GetFullPath(source, builder.ApplicationBuilder.AppHostDirectory), target, ContainerMountType.BindMount, isReadOnly));

    private static IResourceBuilder<T> ChangeImage<T>(this IResourceBuilder<T> builder, Action<ContainerImageAnnotation> change)
        where T : ContainerResource
    {
        change(builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"Container '{builder.Resource.Name}' has no image. Call WithImage first."));
        return builder;
    }
}
