using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <content>Health.</content>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Says which of the application's health checks tells of a resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name by which the check was added to <c>builder.Services.AddHealthChecks()</c>.</param>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource => builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>Says by which request each instance of a resource shows that it is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; <c>/</c> when null.</param>
    /// <param name="statusCode">The status of the answer; 200 when null.</param>
    /// <param name="endpointName">The endpoint; <c>http</c> or the first HTTP endpoint when null.</param>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithAnnotation(new HttpProbeAnnotation(endpointName, path ?? "/", statusCode ?? 200));
}
