namespace Aspire.Hosting.ApplicationModel;

/// <summary>A variable of a resource.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, secrets and all.</param>
/// <param name="IsFromSpec">Whether the application's description sets it.</param>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);
