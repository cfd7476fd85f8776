namespace Compat.Processes;

/// <summary>Looks a program up as a shell does.</summary>
internal static class ProgramPath
{
    public static string? Find(string command, params string[] furtherFolders)
    {
        if (command.Contains('/', StringComparison.Ordinal))
            return File.Exists(command) ? Path.GetFullPath(command) : null;

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(furtherFolders).Select(folder => Path.Combine(folder, command)).FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
