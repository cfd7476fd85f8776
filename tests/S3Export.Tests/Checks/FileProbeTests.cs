using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.S3Export.Checks;
using Exporter.S3Export.Files;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Checks;

public sealed class FileProbeTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("exporter-probe-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task A_folder_is_tried_out_and_left_empty()
    {
        var result = await CheckAsync(root);

        result.Steps.Select(step => (step.Name, step.Passed)).ShouldBe([("folder", true), ("write", true), ("no replace", true), ("delete", true)]);
        result.ConditionalPut.ShouldBe(ConditionalPut.Honoured);
        Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_outside_of_the_roots_fails_at_the_first_step()
    {
        var result = await CheckAsync("/opt/elsewhere");

        var step = result.Steps.ShouldHaveSingleItem();
        step.Passed.ShouldBeFalse();
        step.Detail.ShouldBe(
            $"Folder '/opt/elsewhere/backup/' in export 'daily' can't be used: It lies under none of the existing folders in 'Exporter:FileRoots' ('{root}'). "
            + "Add one that holds it, or change the export's url.");
        result.ConditionalPut.ShouldBe(ConditionalPut.Unknown);
    }

    private Task<ProbeResult> CheckAsync(string folder)
    {
        var export = TestExports.ToFolder(folder);
        return new FileProbe(new FileRoots([root])).CheckAsync(export, ObjectKeyTemplate.Parse(export.Settings.Url));
    }
}
