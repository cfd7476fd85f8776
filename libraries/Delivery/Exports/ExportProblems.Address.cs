using System.Text.RegularExpressions;

namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private const int LongestUrl = 2048;

    private static IEnumerable<FieldProblem> OfAddress(ExportKind kind, ExportSettings settings, IReadOnlyList<string> fileRoots)
    {
        if (settings.Url.Length > LongestUrl)
            return [Url($"Must have at most {LongestUrl} characters, found {settings.Url.Length}.")];

        FieldProblem[] literals = [.. OfLiteralSecrets(settings.Url)];
        if (literals.Length > 0)
            return literals;

        return kind switch
        {
            ExportKind.S3 => OfObjects(settings, fileRoots),
            ExportKind.Geosubmit => OfPartner(settings.Url),
            ExportKind.Dummy or ExportKind.Internal when settings.Url.Length > 0 =>
                [Url($"Must be empty for an export of kind {ExportKindWord.Of(kind)}: it has no address.")],
            _ => [],
        };
    }

    // A stored address is shown, exported and backed up, so it holds no secret (rule I6). The value is not repeated here.
    private static IEnumerable<FieldProblem> OfLiteralSecrets(string url)
    {
        if (UserInfo().IsMatch(url))
            yield return Url("Must not hold a user or a password. Put them in a secret and name it: {secret:name}.");

        foreach (Match match in SecretParameter().Matches(url))
        {
            var name = Short(match.Groups["name"].Value);
            if (!SecretName().IsMatch(match.Groups["value"].Value))
                yield return Url($"Must not hold a literal '{name}='. Put its value in a secret and write {name}={{secret:name}}.");
        }
    }

    private static IEnumerable<FieldProblem> OfPartner(string url)
    {
        if (url.Length == 0)
            yield return Url(
                "Must be given for an export of kind geosubmit: the partner's address, https://host/v2/geosubmit?key={secret:name}.");
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0)
            yield return Url("Must be an https:// address for an export of kind geosubmit.");

        if (AnyPlaceholder().Matches(url).FirstOrDefault(match => !SecretName().IsMatch(match.Value)) is { } unknown)
            yield return Url($"Unknown placeholder '{Short(unknown.Value)}'. An address of kind geosubmit may hold {{secret:name}}.");
    }

    private static FieldProblem Url(string sentence) => Problem("url", sentence);

    [GeneratedRegex("^[a-z0-9+.-]*://[^/?#]*@", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex("[?&](?<name>[^=&#]*(?:key|token|secret|password|signature|credential))=(?<value>[^&#]*)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretParameter();

    [GeneratedRegex(@"^\{secret:[A-Za-z0-9_.-]{1,64}\}$")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"\{[^}]*\}?")]
    private static partial Regex AnyPlaceholder();
}
