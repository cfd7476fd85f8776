using System.Globalization;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>Counts connections as the kernel sees them.</summary>
internal static class TcpConnections
{
    private const string Established = "01";
    private const string CloseWait = "08";
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Connections to a local port that its server has not closed.</summary>
    public static int CountAt(int port)
    {
        var local = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(parts => parts.Length > 3 && parts[1].EndsWith(local, StringComparison.Ordinal) && (parts[3] is Established or CloseWait));
    }
}
