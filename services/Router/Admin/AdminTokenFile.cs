using System.Security.Cryptography;

namespace Exporter.Router.Admin;

/// <summary>The file with the token that operators show.</summary>
public static class AdminTokenFile
{
    private const int MinLength = 16;

    private const int MaxLength = 1024;

    /// <summary>Makes the file with a new random token, readable by its owner alone, unless it is there.</summary>
    /// <param name="path">Its folder must be there.</param>
    public static void EnsureExists(string path)
    {
        if (File.Exists(path))
            return;

        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        using (var file = new FileStream(temporary, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
    }

    /// <summary>The token.</summary>
    /// <exception cref="InvalidDataException">The file can't be read or holds no usable token; the sentence says what to do.</exception>
    public static string Read(string path)
    {
        string token;
        try
        {
            token = File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"Admin token file '{path}' can't be read: {e.Message} Check 'Exporter:AdminTokenFile'.", e);
        }

        return token.Length is >= MinLength and <= MaxLength
            ? token
            : throw new InvalidDataException(
                $"Admin token file '{path}' must hold a token of {MinLength} to {MaxLength} characters, found {token.Length}. "
                + "Write a longer random one into it.");
    }
}
