using System.Runtime.CompilerServices;
using Exporter.Admin.V1;

namespace Exporter.Oracle.Destinations;

/// <summary>A folder of files.</summary>
internal sealed class FolderDestination(ExportPlan export, string folder) : IDestination
{
    public string Folder => folder;

    public void Address(ExportSettings settings)
    {
        settings.Url = $"file://{folder}/{ExportPlan.KeyTemplate}";
        settings.Object = export.ToObjectSettings();
    }

    public async IAsyncEnumerable<Arrival> LookAsync(IReadOnlySet<string> known, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            yield break;

        foreach (var path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            cancel.ThrowIfCancellationRequested();
            if (!known.Contains(path))
                yield return await StoredObject.ReadAsync(export, Path.GetRelativePath(folder, path), path, () => Task.FromResult<Stream>(File.OpenRead(path)));
        }
    }
}
