namespace DotNet.Testcontainers.Images;

/// <summary>The name of an image, in its parts.</summary>
public interface IImage
{
    /// <summary>The repository, such as <c>library/postgres</c>.</summary>
    string Repository { get; }

    /// <summary>The registry; null for Docker's own.</summary>
    string? Registry { get; }

    /// <summary>The tag; null when the name has only a digest.</summary>
    string? Tag { get; }

    /// <summary>The digest, if the name has one.</summary>
    string? Digest { get; }

    /// <summary>All of it.</summary>
    string FullName { get; }

    /// <summary>The registry.</summary>
    string? GetHostname();

    /// <summary>Whether the tag is <c>latest</c> or <c>nightly</c>.</summary>
    bool MatchLatestOrNightly();

    /// <summary>Whether the tag is as wanted.</summary>
    bool MatchVersion(Predicate<string> predicate);

    /// <summary>Whether the tag begins with a version that is as wanted.</summary>
    bool MatchVersion(Predicate<Version> predicate);
}
