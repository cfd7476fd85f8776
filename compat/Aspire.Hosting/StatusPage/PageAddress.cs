namespace Aspire.Hosting.StatusPage;

/// <summary>Where the status page may be: on loopback.</summary>
internal static class PageAddress
{
    /// <param name="urls">What the configuration says.</param>
    /// <exception cref="DistributedApplicationException">It is elsewhere.</exception>
    public static int? PortOf(string? urls)
    {
        var first = urls?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        if (first is null)
            return null;
        if (!Uri.TryCreate(first, UriKind.Absolute, out var url) || url.Scheme != "http" || !url.IsLoopback || url.Port == 0)
            throw new DistributedApplicationException($"The status page is for this machine only: ASPNETCORE_URLS must be like 'http://localhost:18888', found '{first}'.");

        return url.Port;
    }
}
