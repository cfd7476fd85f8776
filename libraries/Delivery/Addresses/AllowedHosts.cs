using System.Collections.Frozen;

namespace Exporter.Delivery.Addresses;

/// <summary>Host names and address literals that may be connected to wherever they lead: 'Exporter:AllowedHosts'.</summary>
public sealed class AllowedHosts
{
    private readonly FrozenSet<string> names;

    /// <summary>Makes the list.</summary>
    /// <param name="names">Exact names, in any case; IPv6 literals with or without brackets.</param>
    public AllowedHosts(IEnumerable<string> names) => this.names = names.Select(Plain).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Allows nothing beyond public addresses.</summary>
    public static AllowedHosts None { get; } = new([]);

    /// <summary>Whether a host of a url is on the list.</summary>
    public bool Contains(string host) => names.Contains(Plain(host));

    /// <summary>Every entry that is not a host, as a sentence.</summary>
    public static IEnumerable<string> Problems(string key, IReadOnlyList<string> names) =>
        names.Where(name => Uri.CheckHostName(Plain(name)) == UriHostNameType.Unknown)
            .Select(name => $"'{key}' must hold host names or addresses without scheme, port or path, found '{name}'.");

    private static string Plain(string host) => host.Trim().Trim('[', ']').TrimEnd('.');
}
