using Exporter.S3Export.Files;

namespace Exporter.S3Export.Tests.Files;

public sealed class PosixTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-posix-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_name_is_given_once_by_rename_and_by_link(bool byLink)
    {
        Func<string, string, bool> give = byLink ? Posix.TryLink : Posix.TryRename;
        File.WriteAllText(At("first"), "1");
        File.WriteAllText(At("second"), "2");

        give(At("first"), At("name")).ShouldBeTrue();
        give(At("second"), At("name")).ShouldBeFalse();

        File.ReadAllText(At("name")).ShouldBe("1");
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["name", "second"], ignoreOrder: true);
    }

    [Fact]
    public void Of_many_that_want_a_name_one_gets_it()
    {
        for (var i = 0; i < 16; i++)
            File.WriteAllText(At($"file{i}"), "");

        Enumerable.Range(0, 16).AsParallel().Count(i => i % 2 == 0 ? Posix.TryRename(At($"file{i}"), At("name")) : Posix.TryLink(At($"file{i}"), At("name"))).ShouldBe(1);
    }

    [Fact]
    public void A_fault_carries_its_errno()
    {
        Should.Throw<IOException>(() => Posix.TryRename(At("nothing"), At("name"))).HResult.ShouldBe(Posix.NoEntry);
        Should.Throw<IOException>(() => Posix.Sync(At("nothing"))).HResult.ShouldBe(Posix.NoEntry);
        Posix.RealPath(At("nothing")).ShouldBeNull();
    }

    [Fact]
    public void Folders_and_files_can_be_synced()
    {
        File.WriteAllText(At("file"), "");

        Posix.Sync(At("file"));
        Posix.Sync(folder);
    }

    private string At(string name) => Path.Combine(folder, name);
}
