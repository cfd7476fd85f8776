namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is an endpoint's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;
