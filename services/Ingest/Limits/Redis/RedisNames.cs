using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>
/// What Ingest keeps in Redis is named here. The braces hold what a cluster places by, so that one API key's counts are
/// together.
/// </summary>
internal static class RedisNames
{
    /// <summary>All submit paths share their users, as in the reference system.</summary>
    private const string UserPath = "submit";

    /// <summary>Written to find out whether Redis takes writes.</summary>
    public static readonly RedisKey Probe = "exporter:limit:{probe}";

    public static RedisKey Limit(string key, string path, DateOnly day) => $"exporter:limit:{{{Hash(key)}}}:{path}:{Text(day)}";

    public static RedisKey Address(ClientAddress address, long minute) =>
        string.Create(CultureInfo.InvariantCulture, $"exporter:address:{{{address.Value:x16}}}:{minute}");

    public static RedisKey Users(string key, DateOnly day) => $"exporter:users:{UserPath}:{{{Hash(key)}}}:{Text(day)}";

    // Longer than ApiKey.ShortHash, which it begins with: two keys that met would share a limit.
    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8));

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
