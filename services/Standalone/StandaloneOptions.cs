using System.Net;

namespace Exporter.Standalone;

/// <summary>Section <c>Exporter</c>: also by command line and environment.</summary>
internal sealed record StandaloneOptions
{
    public string DataFolder { get; init; } = "./data";

    public string Listen { get; init; } = "127.0.0.1";

    public string AdminListen { get; init; } = "127.0.0.1";

    public int HttpPort { get; init; } = 8080;

    public int GrpcPort { get; init; } = 8081;

    public int AdminPort { get; init; } = 8082;

    public IEnumerable<string> Problems()
    {
        if (DataFolder.Length == 0)
            yield return "'Exporter:DataFolder' (--data) must name a folder, found nothing.";
        foreach (var (key, address) in new[] { ("Listen' (--listen)", Listen), ("AdminListen' (--admin-listen)", AdminListen) })
        {
            if (!IPAddress.TryParse(address, out _))
                yield return $"'Exporter:{key} must be an IP address such as 127.0.0.1 or 0.0.0.0, found '{address}'.";
        }

        foreach (var (key, port) in new[] { ("HttpPort' (--http-port)", HttpPort), ("GrpcPort' (--grpc-port)", GrpcPort), ("AdminPort' (--admin-port)", AdminPort) })
        {
            if (port is < 0 or > 65535)
                yield return $"'Exporter:{key} must be 0 (any free one) to 65535, found {port}.";
        }
    }
}
