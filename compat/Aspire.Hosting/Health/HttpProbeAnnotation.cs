namespace Aspire.Hosting.ApplicationModel;

/// <summary>A request by which each instance of a resource shows its health.</summary>
internal sealed record HttpProbeAnnotation(string? EndpointName, string Path, int StatusCode) : IResourceAnnotation;
