namespace Aspire.Hosting.ApplicationModel;

/// <summary>Where a resource listens.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Url">The url.</param>
/// <param name="IsInternal">Whether it is the instance's own, behind one that all instances share.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal);
