using System.Diagnostics;

namespace Exporter.Bench.Figures;

internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The commit that is measured, with a mark when files were changed since.</summary>
    public static string Commit() => $"{Git("rev-parse --short HEAD")}{(Git("status --porcelain --untracked-files=no").Length > 0 ? " (changed)" : "")}";

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "Exporter.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("bench must lie within the repository that it measures.");
        return folder;
    }

    private static string Git(string arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, WorkingDirectory = Root })!;
        var output = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return output;
    }
}
