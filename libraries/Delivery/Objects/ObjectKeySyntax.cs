using System.Text;
using System.Text.RegularExpressions;

namespace Exporter.Delivery.Objects;

/// <summary>Reads the text of a template and collects everything that is wrong with it.</summary>
internal sealed partial class ObjectKeySyntax
{
    private const string Known = "{source}, {api_key}, {year}, {month} and {day}";
    private const int MaxKeyBytes = 1024;
    private const int MaxNameBytes = 255;
    private const int MaxUrlLength = 512;
    private static readonly int FileNameBytes = Guid.Empty.ToString("D").Length + ".ndjson.gz".Length;

    private readonly List<string> problems = [];
    private readonly List<ObjectKeyPiece> pieces = [];

    public string? Bucket { get; private set; }

    public IReadOnlyList<ObjectKeyPiece> Pieces => pieces;

    public IReadOnlyList<string> Problems => problems;

    public static ObjectKeySyntax Read(string url)
    {
        var syntax = new ObjectKeySyntax();
        if (string.IsNullOrWhiteSpace(url))
            syntax.problems.Add("The url is empty. Write s3://bucket/folder/{source}/{api_key} or file:///folder/{source}/{api_key}.");
        else if (url.Length > MaxUrlLength)
            syntax.problems.Add($"The url must have at most {MaxUrlLength} characters, found {url.Length}.");
        else if (url.StartsWith(ObjectLocation.S3Scheme, StringComparison.Ordinal))
            syntax.ReadS3(url[ObjectLocation.S3Scheme.Length..]);
        else if (url.StartsWith(ObjectLocation.FileScheme, StringComparison.Ordinal))
            syntax.ReadFile(url[ObjectLocation.FileScheme.Length..]);
        else
            syntax.problems.Add($"The url must begin with s3:// or file:///, found {Beginning(url)}.");
        return syntax;
    }

    private static string Beginning(string url) =>
        url.IndexOf("://", StringComparison.Ordinal) is > 0 and < 16 and var end ? $"'{url[..(end + 3)]}'" : "neither";

    private void ReadS3(string rest)
    {
        rest = WithoutQuery(rest);
        if (rest.Contains('#', StringComparison.Ordinal))
            problems.Add("The url must not have a fragment ('#').");
        var (authority, path) = rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (rest[..slash], rest[(slash + 1)..]) : (rest, "");
        if (authority.Contains('@', StringComparison.Ordinal))
            problems.Add("The url must not hold a user or a password. Name a secret in credentials_secret instead.");
        else if (authority.Length == 0)
            problems.Add("The url names no bucket. Write s3://bucket/folder.");
        else if (!BucketName().IsMatch(authority))
            problems.Add($"The bucket '{authority}' must have 3 to 63 lower-case letters, digits, dots and hyphens, and begin and end with a letter or digit.");
        Bucket = authority;
        ReadPath(path);
        if (pieces.Sum(piece => Encoding.UTF8.GetByteCount(piece.Longest)) + 1 + FileNameBytes > MaxKeyBytes)
            problems.Add($"The url makes object keys of more than {MaxKeyBytes} bytes, which S3 refuses. Shorten it.");
    }

    private void ReadFile(string rest)
    {
        rest = WithoutQuery(rest);
        if (!rest.StartsWith('/'))
            problems.Add("The url of a folder must be absolute: write file:///folder, with three slashes.");
        else if (rest.Trim('/').Length == 0)
            problems.Add("The url names no folder. Write file:///folder.");
        else
            ReadPath(rest[1..]);
    }

    private string WithoutQuery(string rest)
    {
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return rest;

        problems.Add("The url must not have a query ('?'): keys and other secrets would be stored in clear.");
        return rest[..question];
    }

    private void ReadPath(string path)
    {
        path = path.EndsWith('/') ? path[..^1] : path;
        if (path.Length == 0)
            return;

        if (path.Any(c => char.IsControl(c) || c == '\\'))
            problems.Add("The url must not have control characters or backslashes.");
        foreach (var segment in path.Split('/'))
        {
            if (segment.Length == 0)
                problems.Add("The url must not have an empty folder ('//').");
            else if (segment is "." or "..")
                problems.Add($"The url must not have a folder '{segment}'.");
        }

        ReadPieces(path);
    }

    private void ReadPieces(string path)
    {
        var from = 0;
        foreach (Match match in Braces().Matches(path))
        {
            AddLiteral(path[from..match.Index]);
            AddPlaceholder(match.Groups["name"].Value);
            from = match.Index + match.Length;
        }

        AddLiteral(path[from..]);
        CheckNames();
    }

    private void AddLiteral(string text)
    {
        if (text.IndexOfAny(['{', '}']) >= 0)
            problems.Add("The url has a brace without its partner. A placeholder is written {source}.");
        if (text.Length > 0)
            pieces.Add(new(text));
    }

    private void AddPlaceholder(string name)
    {
        ObjectKeyPlaceholder? placeholder = name switch
        {
            "source" => ObjectKeyPlaceholder.Source,
            "api_key" => ObjectKeyPlaceholder.ApiKey,
            "year" => ObjectKeyPlaceholder.Year,
            "month" => ObjectKeyPlaceholder.Month,
            "day" => ObjectKeyPlaceholder.Day,
            _ => null,
        };
        if (placeholder is null)
            problems.Add(name.StartsWith("secret:", StringComparison.Ordinal)
                ? "The url of objects can't hold a secret. Name it in credentials_secret."
                : $"The url has an unknown placeholder {{{name}}}. Known are {Known}.");
        else
            pieces.Add(new(name, placeholder));
    }

    private void CheckNames()
    {
        var longest = string.Concat(pieces.Select(piece => piece.Longest)).Split('/').Max(Encoding.UTF8.GetByteCount);
        if (Bucket is null && longest > MaxNameBytes)
            problems.Add($"The url makes a folder's name of {longest} bytes, and file systems take {MaxNameBytes}. Shorten it.");
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\{(?<name>[^{}/]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
