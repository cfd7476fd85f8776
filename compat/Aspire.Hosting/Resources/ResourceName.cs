namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a resource may be called: its name stands in variables, file names and host names.</summary>
internal static class ResourceName
{
    private const int Longest = 64;

    public static void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > Longest || !char.IsAsciiLetter(name[0]) || name[^1] == '-'
            || name.Contains("--", StringComparison.Ordinal) || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '-'))
            throw new ArgumentException($"Resource name '{name}' is invalid. Take at most {Longest} ASCII letters, digits and single hyphens, a letter first.", nameof(name));
    }
}
