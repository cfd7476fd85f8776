namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is a resource's name.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ResourceNameAttribute : Attribute;
