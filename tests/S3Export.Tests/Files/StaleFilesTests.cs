using Exporter.S3Export.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.S3Export.Tests.Files;

public sealed class StaleFilesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("exporter-stale-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Old_temporary_files_go_and_young_ones_and_all_others_stay()
    {
        var old = Make(TemporaryFile.Name(Guid.NewGuid(), 12), hours: 2);
        var young = Make(TemporaryFile.Name(Guid.NewGuid(), 1), hours: 0);
        var foreign = Make(".something.tmp", hours: 2);
        var named = Make($".{Guid.NewGuid()}.x.tmp", hours: 2);
        var real = Make($"{Guid.NewGuid()}.json.gz", hours: 2);

        using var stale = new StaleFiles(new FileRoots([root, "/nowhere"]), TimeProvider.System, NullLogger<StaleFiles>.Instance);

        stale.Sweep(TestContext.Current.CancellationToken).ShouldBe(1);
        File.Exists(old).ShouldBeFalse();
        new[] { young, foreign, named, real }.ShouldAllBe(path => File.Exists(path));
    }

    [Fact]
    public void A_file_that_got_its_name_while_it_was_looked_at_is_not_counted() =>
        StaleFiles.IsStale(Path.Combine(root, TemporaryFile.Name(Guid.NewGuid(), 1)), TimeProvider.System.GetUtcNow()).ShouldBeFalse();

    private string Make(string name, int hours)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "a", "b")).FullName, name);
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hours));
        return path;
    }
}
