namespace Aspire.Hosting.Engine;

/// <summary>A variable that differs from instance to instance.</summary>
/// <param name="Of">The value, given the instance's id.</param>
internal sealed record InstanceText(Func<string, string> Of);
