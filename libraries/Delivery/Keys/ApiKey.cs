using System.Security.Cryptography;
using System.Text;

namespace Exporter.Delivery.Keys;

/// <summary>A known API key and its rules.</summary>
/// <param name="Key">4 to 40 ASCII letters, digits and hyphens.</param>
/// <param name="MaxRequestsPerDay">Per day and path; 0 is unlimited.</param>
/// <param name="SubmitSamplePercent">Share of submit requests that are kept, 0 to 100.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKey(string Key, int MaxRequestsPerDay, int SubmitSamplePercent, DateTimeOffset CreatedAt)
{
    /// <summary>The shortest key, in characters.</summary>
    public const int MinLength = 4;

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 40;

    /// <summary>Whether a text can be an API key at all; anything else counts as no key.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: >= MinLength and <= MaxLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>What stands for a key in logs, metrics and traces: 8 hexadecimal digits of its SHA-256.</summary>
    public static string ShortHash(string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 4));
}
