using System.Reflection;
using Google.Protobuf.Reflection;

namespace Exporter.Cli.Values;

// The contract's enums as words: EXPORT_KIND_S3 is s3, FULL_POLICY_REFUSE_INGEST is refuse-ingest.
internal static class ContractWord<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> WordByValue = Enum.GetValues<T>().ToDictionary(value => value, WordFor);

    // Without the unspecified one.
    public static string[] All { get; } =
        [.. WordByValue.Where(pair => Convert.ToInt32(pair.Key, provider: null) != 0).Select(pair => pair.Value)];

    public static string Of(T value) => WordByValue.GetValueOrDefault(value, value.ToString());

    public static T Parse(string word) => WordByValue.First(pair => pair.Value == word).Key;

    private static string WordFor(T value)
    {
        var name = typeof(T).GetField(value.ToString())!.GetCustomAttribute<OriginalNameAttribute>()!.Name;
        return name[PrefixLength()..].ToLowerInvariant().Replace('_', '-');
    }

    private static int PrefixLength() => typeof(T).Name.Length + typeof(T).Name.Skip(1).Count(char.IsAsciiLetterUpper) + 1;
}
