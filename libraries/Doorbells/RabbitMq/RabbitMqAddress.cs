using System.Diagnostics.CodeAnalysis;

namespace Exporter.Doorbells.RabbitMq;

/// <summary>Where the broker is and who we are there, from a connection string <c>amqp://user:password@host:port/vhost</c>.</summary>
internal sealed record RabbitMqAddress(string Host, ushort Port, string VirtualHost, string User, string Password, bool IsTls)
{
    private const ushort CleartextPort = 5672;
    private const ushort TlsPort = 5671;

    /// <summary>The address, or a sentence that says what is wrong without what is secret in it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RabbitMqAddress? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = Parse(text);
        return address is not null;
    }

    /// <summary>The host and port: what may be logged.</summary>
    public override string ToString() => $"{Host}:{Port}";

    private static (RabbitMqAddress? Address, string? Problem) Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (null, "must be amqp://user:password@host:port, found nothing");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return (null, "must be amqp://user:password@host:port, found something that is not a url");
        if (url.Scheme is not ("amqp" or "amqps"))
            return (null, $"must begin with amqp:// or amqps://, found {url.Scheme}://");
        if (url.Host.Length == 0)
            return (null, "must name a host, found none");
        if (url.UserInfo.Split(':') is not [{ Length: > 0 } user, { Length: > 0 } password])
            return (null, "must have user:password before the host, with ':', '@' and '/' in them written %3A, %40 and %2F");
        if (url.AbsolutePath.Trim('/').Contains('/', StringComparison.Ordinal) || url.Query.Length > 0 || url.Fragment.Length > 0)
            return (null, "must have no more than a virtual host after the port");

        var isTls = url.Scheme == "amqps";
        var port = url.IsDefaultPort || url.Port < 0 ? isTls ? TlsPort : CleartextPort : (ushort)url.Port;
        var virtualHost = Uri.UnescapeDataString(url.AbsolutePath.Trim('/'));
        return (new(url.Host, port, virtualHost.Length == 0 ? "/" : virtualHost, Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), isTls), null);
    }
}
