using System.Diagnostics;
using Exporter.Delivery.Batches;
using Exporter.S3Export.Files;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Files;

/// <summary>On a file system of one mebibyte where this process may mount one; the errno's outcome has its test in <see cref="FileOutcomeTests"/>.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly string disk = Directory.CreateTempSubdirectory("exporter-disk-").FullName;

    public void Dispose()
    {
        Run("umount", disk);
        Directory.Delete(disk, recursive: true);
    }

    [Fact]
    public async Task A_full_disk_defers_leaves_nothing_half_written_and_delivers_when_there_is_room()
    {
        if (!Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk))
            return;

        var ballast = Path.Combine(disk, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[900 * 1024], TestContext.Current.CancellationToken);
        var sender = new FileSender(new FileRoots([disk]));
        var export = TestExports.ToFolder(disk);
        var batch = TestBatch.Seal(export, 1000);

        var full = await sender.SendAsync(batch.Attempt(export), TestContext.Current.CancellationToken);
        var left = Directory.GetFiles(disk, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        File.Delete(ballast);
        var roomy = await sender.SendAsync(batch.Attempt(export, number: 2), TestContext.Current.CancellationToken);

        var deferred = full.ShouldBeOfType<Outcome.Deferred>();
        deferred.ErrorType.ShouldBe("disk_full");
        deferred.Fault.ShouldBe(FaultOf.Destination);
        left.ShouldBe([ballast]);
        roomy.ShouldBeOfType<Outcome.Delivered>();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
