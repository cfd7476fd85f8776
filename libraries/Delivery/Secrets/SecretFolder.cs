using System.Text.RegularExpressions;

namespace Exporter.Delivery.Secrets;

/// <summary>
/// Secrets by name: the file of that name in a folder, else the environment variable EXPORTER_SECRET_NAME. Read afresh each
/// time, so that a changed one is used at once. Values are never kept, printed or logged.
/// </summary>
/// <param name="folder">The folder; empty when secrets come from the environment only.</param>
/// <param name="environment">Looks a variable up.</param>
public sealed partial class SecretFolder(string folder, Func<string, string?> environment)
{
    /// <summary>The rule for names, as a sentence.</summary>
    public const string NameRule = "A secret's name must have 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit.";

    private const int MaxBytes = 64 * 1024;

    /// <summary>Secrets from a folder and this process's environment.</summary>
    public SecretFolder(string folder)
        : this(folder, Environment.GetEnvironmentVariable)
    {
    }

    /// <summary>Whether a text can be a secret's name.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>The variable that holds a secret: upper case, with underscores for dots and hyphens.</summary>
    public static string VariableOf(string name) =>
        "EXPORTER_SECRET_" + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    /// <summary>A secret's value, without a line end behind it.</summary>
    /// <exception cref="SecretException">There is none of this name, or it can't be read; the message says where it was looked for.</exception>
    public string Read(string name)
    {
        if (!IsName(name))
            throw new SecretException(NameRule);

        var value = ReadFile(name) ?? environment(VariableOf(name));
        return string.IsNullOrEmpty(value)
            ? throw new SecretException($"There is no secret '{name}'. Write it into {Where(name)}.")
            : value.TrimEnd('\r', '\n');
    }

    /// <summary>A text with every {secret:name} replaced by its value.</summary>
    /// <exception cref="SecretException">One of them is missing.</exception>
    public string Resolve(string text) => Placeholder().Replace(text, match => Read(match.Groups["name"].Value));

    /// <summary>An address with every {secret:name} replaced by its value, escaped so that it stays within its parameter.</summary>
    /// <exception cref="SecretException">One of them is missing.</exception>
    public string ResolveUrl(string url) => Placeholder().Replace(url, match => Uri.EscapeDataString(Read(match.Groups["name"].Value)));

    private string? ReadFile(string name)
    {
        if (folder.Length == 0)
            return null;

        var path = Path.Combine(folder, name);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[MaxBytes + 1];
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read > MaxBytes
                ? throw new SecretException($"The secret '{name}' in '{path}' has more than {MaxBytes} bytes.")
                : System.Text.Encoding.UTF8.GetString(bytes, 0, read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"The secret '{name}' in '{path}' can't be read ({e.GetType().Name}). Let this service's user read it.", e);
        }
    }

    private string Where(string name) => folder.Length == 0
        ? $"the environment variable {VariableOf(name)}, or a file of that name in the folder that 'Exporter:SecretsFolder' names"
        : $"the file '{Path.Combine(folder, name)}' or the environment variable {VariableOf(name)}";

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\{secret:(?<name>[^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
