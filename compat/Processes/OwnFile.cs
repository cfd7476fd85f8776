namespace Compat.Processes;

/// <summary>Files that only their owner reads, since they hold passwords.</summary>
internal static class OwnFile
{
    public static async Task WriteAsync(string path, IEnumerable<string> lines, CancellationToken cancel)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        var writer = new StreamWriter(path, options) { NewLine = "\n" };
        await using (writer.ConfigureAwait(false))
        {
            foreach (var line in lines)
                await writer.WriteLineAsync(line.AsMemory(), cancel).ConfigureAwait(false);
        }
    }
}
