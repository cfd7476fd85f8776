using Exporter.Oracle.Destinations;

namespace Exporter.Oracle.Checks;

/// <summary>Reads every object of every export and shows it to the checker.</summary>
internal sealed class DestinationCheck(DataHome home)
{
    private readonly List<Finding> findings = [];
    private readonly HashSet<Guid> batches = [];

    /// <summary>What is wrong at the destinations, and how many reports each export has there.</summary>
    public (IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, long> ReportsByExport) Run()
    {
        var exports = ExportPlan.All.Where(export => export.HasObjects).ToList();
        var checker = new Checker(home.Journal, exports);
        foreach (var export in exports)
            Read(export, checker);
        return ([.. findings, .. checker.Finish()], exports.ToDictionary(export => export.Name, checker.CountOf));
    }

    private void Read(ExportPlan export, Checker checker)
    {
        var folder = export.FolderIn(home.Folder);
        if (!Directory.Exists(folder))
            return;

        foreach (var path in Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            if (ObjectFile.Of(export, folder, path) is not { BatchId: { } batch } file)
            {
                findings.Add(new(FindingKind.Leftover, export.Name, $"The file '{path}' should not be there."));
                continue;
            }

            if (!batches.Add(batch))
                findings.Add(new(FindingKind.SameName, export.Name, $"Another object has the name of '{path}'."));
            Read(export, file, checker);
        }
    }

    private void Read(ExportPlan export, ObjectFile file, Checker checker)
    {
        try
        {
            foreach (var report in file.Read(export))
                checker.See(export, file.Source, file.ApiKey, report);
        }
        catch (Exception e)
        {
            findings.Add(new(FindingKind.Unreadable, export.Name, $"The object '{file.Path}' can't be read: {e.Message}"));
        }
    }
}
