using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes an application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The assembly that describes it.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>The folder of the project that describes it: relative paths start there.</summary>
    string AppHostDirectory { get; }

    /// <summary>Settings: <c>appsettings.json</c>, environment, arguments.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>Where it runs.</summary>
    IHostEnvironment Environment { get; }

    /// <summary>What it is built for.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Its resources.</summary>
    IResourceCollection Resources { get; }

    /// <summary>The services of the host itself.</summary>
    IServiceCollection Services { get; }

    /// <summary>Adds a resource.</summary>
    /// <exception cref="DistributedApplicationException">The name is taken.</exception>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>A builder of a resource that is not, or not yet, part of the application.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>The application.</summary>
    DistributedApplication Build();
}
