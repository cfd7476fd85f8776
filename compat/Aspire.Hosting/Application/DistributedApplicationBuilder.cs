using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes an application.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private const string ProjectPathKey = "apphostprojectpath";
    private readonly HostApplicationBuilder host;

    /// <summary>Begins.</summary>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Begins.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? DirectoryOf(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = options.Args, ContentRootPath = AppHostDirectory });
        host.AddEngine(this, options);
    }

    /// <inheritdoc />
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <inheritdoc />
    public ConfigurationManager Configuration => host.Configuration;

    /// <inheritdoc />
    public IHostEnvironment Environment => host.Environment;

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IServiceCollection Services => host.Services;

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new DistributedApplicationResourceBuilder<T>(this, resource);

    /// <inheritdoc />
    public DistributedApplication Build() => new(host.Build());

    private static string? DirectoryOf(Assembly? assembly) => assembly?
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(metadata => metadata.Key == ProjectPathKey)?.Value;
}
