using System.Globalization;

namespace Exporter.S3Export.Files;

/// <summary>The names of files that are not whole yet: .{batch}.{attempt}.tmp beside the place where the object goes.</summary>
internal static class TemporaryFile
{
    public static string Name(Guid batch, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $".{batch:D}.{attempt}.tmp");

    public static bool IsName(ReadOnlySpan<char> name)
    {
        const int UuidLength = 36;
        return name.Length > UuidLength + 6
            && name[0] == '.' && name[UuidLength + 1] == '.' && name.EndsWith(".tmp")
            && Guid.TryParseExact(name.Slice(1, UuidLength), "D", out _)
            && int.TryParse(name[(UuidLength + 2)..^4], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>Removes what this and earlier attempts at a batch left behind.</summary>
    public static void RemoveAll(string folder, Guid batch, int attempt)
    {
        for (var earlier = 1; earlier <= attempt; earlier++)
            File.Delete(Path.Combine(folder, Name(batch, earlier)));
    }
}
