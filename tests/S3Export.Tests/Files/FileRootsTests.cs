using Exporter.Delivery.Batches;
using Exporter.S3Export.Files;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Files;

public sealed class FileRootsTests : IDisposable
{
    private readonly FolderSender folder = new();
    private readonly string outside = Directory.CreateTempSubdirectory("exporter-outside-").FullName;

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task A_path_outside_of_the_roots_is_refused_and_says_what_to_do()
    {
        var export = TestExports.ToFolder(outside);

        var outcome = await folder.Sender.SendAsync(TestBatch.Seal(export, 1).Attempt(export), TestContext.Current.CancellationToken);

        var deferred = outcome.ShouldBeOfType<Outcome.Deferred>();
        deferred.ErrorType.ShouldBe("path_refused");
        deferred.Fault.ShouldBe(FaultOf.SetUp);
        deferred.Detail.ShouldContain($"('{folder.Root}')");
        deferred.Detail.ShouldNotContain("test-key");
        Directory.EnumerateFileSystemEntries(outside).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("link")]
    [InlineData("link/deeper/still")]
    public void A_symbolic_link_does_not_lead_out(string below)
    {
        Directory.CreateSymbolicLink(Path.Combine(folder.Root, "link"), outside);

        Should.Throw<FileRefusedException>(() => new FileRoots([folder.Root]).Enter($"{folder.Root}/{below}/file.json"));

        Directory.EnumerateFileSystemEntries(outside).ShouldBeEmpty();
    }

    [Fact]
    public void A_root_that_is_a_symbolic_link_is_the_folder_that_it_leads_to()
    {
        var link = Path.Combine(folder.Root, "link");
        Directory.CreateSymbolicLink(link, outside);

        new FileRoots([link]).Enter($"{link}/a/file.json").ShouldBe((outside, $"{outside}/a"));
    }

    [Theory]
    [InlineData("/../x/file.json")]
    [InlineData("/a/../../file.json")]
    [InlineData("/./file.json")]
    public void A_path_that_climbs_is_refused(string below) =>
        Should.Throw<FileRefusedException>(() => new FileRoots([folder.Root]).Enter(folder.Root + below));

    [Fact]
    public void A_folder_whose_name_only_begins_like_a_root_is_not_under_it() =>
        Should.Throw<FileRefusedException>(() => new FileRoots([folder.Root]).Enter($"{folder.Root}x/file.json"));

    [Fact]
    public void Without_a_root_nothing_may_be_written() =>
        Should.Throw<FileRefusedException>(() => new FileRoots([]).Enter("/tmp/file.json"));
}
