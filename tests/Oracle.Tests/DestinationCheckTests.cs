using System.IO.Compression;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle;

public sealed class DestinationCheckTests : IDisposable
{
    private static readonly ExportPlan Export = ExportPlan.All.Single(export => export.Name == "small-lines");
    private readonly DataHome home = new(Directory.CreateTempSubdirectory("oracle-tests-").FullName, seed: 3, TimeProvider.System);

    public void Dispose() => Directory.Delete(home.Folder, recursive: true);

    [Fact]
    public async Task What_lies_in_an_object_is_read_and_counted()
    {
        var request = home.Supply.Next(withKey: false);
        foreach (var report in request.Reports)
            Write(report, Guid.NewGuid());

        var (findings, reports) = await RunAsync();
        reports[Export.Name].ShouldBe(request.Reports.Count);
        findings.ShouldAllBe(finding => finding.Kind == FindingKind.Torn);
    }

    [Fact]
    public async Task A_temporary_file_that_was_left_is_found()
    {
        var folder = Directory.CreateDirectory(Path.Combine(((FolderDestination)home.DestinationOf(Export)!).Folder, "gnss/no_key/2026/11/22")).FullName;
        File.WriteAllText(Path.Combine(folder, $".{Guid.NewGuid()}.1.tmp"), "");

        (await RunAsync()).Findings.ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.Leftover);
    }

    [Fact]
    public async Task An_object_that_is_not_whole_is_found()
    {
        var path = Write(home.Supply.Next(withKey: false).Reports[0], Guid.NewGuid());
        using (var file = File.OpenWrite(path))
            file.SetLength(file.Length / 2);

        (await RunAsync()).Findings.ShouldContain(finding => finding.Kind == FindingKind.Unreadable && finding.Detail.Contains(path));
    }

    [Fact]
    public async Task Two_objects_of_one_name_are_found()
    {
        var reports = Enumerable.Range(0, 40).Select(_ => home.Supply.Next(withKey: false).Reports[0]).ToList();
        var other = reports.First(report => report.Request.ApiKey != reports[0].Request.ApiKey);
        var id = Guid.NewGuid();
        Write(reports[0], id);
        Write(other, id);

        (await RunAsync()).Findings.ShouldContain(finding => finding.Kind == FindingKind.SameName);
    }

    private Task<(IReadOnlyList<Finding> Findings, IReadOnlyDictionary<string, long> ReportsByExport)> RunAsync() =>
        new DestinationCheck(home).RunAsync(TestContext.Current.CancellationToken);

    private string Write(SubmittedReport report, Guid batch)
    {
        var folder = Path.Combine(((FolderDestination)home.DestinationOf(Export)!).Folder, report.Source, report.Request.ApiKey ?? "no_key", "2026/11/22");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{batch}{Export.Extension}");
        using var file = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        file.Write(report.Json);
        file.Write("\n"u8);
        return path;
    }
}
