using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exporter.S3Export.Files;

/// <summary>Removes temporary files that dead processes left under the roots, once, beside the work (rule O7).</summary>
internal sealed class StaleFiles(FileRoots roots, TimeProvider clock, ILogger<StaleFiles> log) : BackgroundService
{
    /// <summary>Younger ones may belong to an attempt that lives, here or on another node.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>Removes them and returns how many.</summary>
    public int Sweep(CancellationToken cancel)
    {
        var removed = 0;
        foreach (var path in roots.All.Where(Directory.Exists).SelectMany(Files))
        {
            cancel.ThrowIfCancellationRequested();
            if (TemporaryFile.IsName(Path.GetFileName(path.AsSpan())) && IsStale(path, clock.GetUtcNow()))
            {
                File.Delete(path);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Whether it is there and old enough; one that got its name meanwhile has no age.</summary>
    internal static bool IsStale(string path, DateTimeOffset now) => new FileInfo(path) is { Exists: true } file && now - file.LastWriteTimeUtc > MinAge;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(
        () =>
        {
            try
            {
                if (Sweep(stoppingToken) is > 0 and var removed)
                    Log.StaleFilesRemoved(log, removed);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.StaleFilesKept(log, e.GetType().Name);
            }
        },
        stoppingToken);

    private static IEnumerable<string> Files(string root) => Directory.EnumerateFiles(
        root,
        ".*.tmp",
        new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
            MatchType = MatchType.Simple,
        });
}
