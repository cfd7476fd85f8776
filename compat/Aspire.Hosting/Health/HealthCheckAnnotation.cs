using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says which of the application's health checks tells of a resource.</summary>
/// <param name="key">The check's name.</param>
[DebuggerDisplay("Key = {Key}")]
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The check's name.</summary>
    public string Key { get; } = key;
}
