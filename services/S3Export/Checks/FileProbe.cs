using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Files;

namespace Exporter.S3Export.Checks;

/// <summary>Tries a folder out: makes it, writes a file, and sees that a second one does not replace it.</summary>
internal sealed class FileProbe(FileRoots roots)
{
    public async Task<ProbeResult> CheckAsync(ExportDefinition export, ObjectKeyTemplate template)
    {
        var path = template.StaticFolder[ObjectLocation.FileScheme.Length..] + ProbeName.New();
        var steps = new ProbeSteps(fault => FileOutcomes.Of(fault, export, path));
        var passed = await steps.TryAsync("folder", () => Task.FromResult($"The folder lies under '{roots.Enter(path).Root}'."))
            && await steps.TryAsync("write", () => Task.Run(() => Write(path)))
            && await steps.TryAsync("no replace", () => Task.Run(() => WriteAgain(path)));
        if (File.Exists(path))
            passed &= await steps.TryAsync("delete", () => Task.Run(() => Delete(path)));
        return new(steps.All, passed ? ConditionalPut.Honoured : ConditionalPut.Unknown);
    }

    private static string Write(string path)
    {
        Publish(path);
        Posix.Sync(Path.GetDirectoryName(path)!);
        return "A file was written, and is on disk.";
    }

    private static string WriteAgain(string path) => Publish(path)
        ? throw new ProbeFailedException("A second file replaced the first. Use another file system: this one can't rename without replacing.")
        : "A second file of the same name was refused.";

    private static bool Publish(string path)
    {
        var temporary = path + ".tmp";
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, ProbeName.Body, 0);
                RandomAccess.FlushToDisk(file);
            }

            return Posix.TryRename(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Delete(string path)
    {
        File.Delete(path);
        return "The file was deleted again.";
    }
}
