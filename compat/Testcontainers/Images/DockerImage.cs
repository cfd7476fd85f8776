using System.Text.RegularExpressions;

namespace DotNet.Testcontainers.Images;

/// <inheritdoc cref="IImage" />
public sealed partial class DockerImage : IImage
{
    private const string Latest = "latest";

    /// <summary>Takes a name apart.</summary>
    /// <exception cref="ArgumentException">It is no name of an image.</exception>
    public DockerImage(string image)
    {
        var parts = Reference().Match(image ?? "");
        if (!parts.Success)
            throw new ArgumentException($"'{image}' is no name of an image. A name looks like 'registry/repository:tag'.", nameof(image));

        Registry = Part(parts, "registry");
        Repository = parts.Groups["repository"].Value;
        Digest = Part(parts, "digest");
        Tag = Part(parts, "tag") ?? (Digest is null ? Latest : null);
    }

    /// <inheritdoc />
    public string Repository { get; }

    /// <inheritdoc />
    public string? Registry { get; }

    /// <inheritdoc />
    public string? Tag { get; }

    /// <inheritdoc />
    public string? Digest { get; }

    /// <inheritdoc />
    public string FullName => $"{(Registry is null ? "" : $"{Registry}/")}{Repository}{(Tag is null ? "" : $":{Tag}")}{(Digest is null ? "" : $"@{Digest}")}";

    /// <inheritdoc />
    public string? GetHostname() => Registry;

    /// <inheritdoc />
    public bool MatchLatestOrNightly() => MatchVersion((string tag) => tag is Latest or "nightly");

    /// <inheritdoc />
    public bool MatchVersion(Predicate<string> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Tag is not null && predicate(Tag);
    }

    /// <inheritdoc />
    public bool MatchVersion(Predicate<Version> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        var number = Number().Match(Tag ?? "");
        return number.Success && Version.TryParse(number.Value.Contains('.', StringComparison.Ordinal) ? number.Value : $"{number.Value}.0", out var version) && predicate(version);
    }

    private static string? Part(Match parts, string name) => parts.Groups[name] is { Success: true, Value: var value } ? value : null;

    // A first part is a registry when it has a dot or a port, or is localhost.
    [GeneratedRegex("^((?<registry>localhost(:[0-9]+)?|[^/@]*[.:][^/@]*)/)?(?<repository>[a-z0-9][a-z0-9._/-]*)(:(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]*))?(@(?<digest>[a-z0-9]+:[0-9a-f]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex("^[0-9]+(\\.[0-9]+){0,3}", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
