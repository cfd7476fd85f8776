using Exporter.Standalone.Boxes;
using Exporter.TestKit.Processes;

namespace Exporter.Standalone;

public sealed class StartTests
{
    [Fact]
    public async Task The_first_start_makes_a_token_for_its_owner_alone_and_an_example_export()
    {
        await using var box = await Box.StartAsync();

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(box.Folder, "admin.token")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var export = (await box.Admin.ListExportsAsync(new(), cancellationToken: Test.Cancel)).Exports.ShouldHaveSingleItem();
        export.Name.ShouldBe("archive-example");
        export.Enabled.ShouldBeTrue();
        await box.SubmitAsync(1, 2);
        await Eventually.Of(() => new ObjectFolder(Path.Combine(box.Folder, "objects")).Numbers().ShouldBe([1, 2]));
    }

    [Fact]
    public async Task Deleting_the_example_export_lasts_and_the_token_stays()
    {
        await using var box = await Box.StartAsync();
        var token = await File.ReadAllTextAsync(Path.Combine(box.Folder, "admin.token"), Test.Cancel);
        await box.Admin.DeleteExportAsync(new() { Export = "archive-example" }, cancellationToken: Test.Cancel);

        await box.RestartAsync();

        (await box.Admin.ListExportsAsync(new(), cancellationToken: Test.Cancel)).Exports.ShouldBeEmpty();
        (await File.ReadAllTextAsync(Path.Combine(box.Folder, "admin.token"), Test.Cancel)).ShouldBe(token);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused_and_the_first_goes_on()
    {
        await using var box = await Box.StartAsync();
        await using var second = StandaloneProcess.Launch(box.Folder);

        (await second.Ended).ShouldBe(1);
        second.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sentence => sentence.ShouldContain($"Data folder '{box.Folder}' can't be taken"),
            sentence => sentence.ShouldContain("If another Exporter uses it, stop that one or choose another folder with --data."));
        second.Output.ShouldBeEmpty();
        await box.SubmitAsync(1);
    }

    [Fact]
    public async Task A_damaged_database_is_refused_with_what_to_do()
    {
        await using var box = await Box.StartAsync();
        (await box.StopAsync()).ShouldBe(0);
        var database = Path.Combine(box.Folder, "exporter.db");
        await using (var file = File.OpenWrite(database))
        {
            file.Position = 100;
            file.Write(new byte[32 * 1024]);
        }

        await using var process = StandaloneProcess.Launch(box.Folder);

        (await process.Ended).ShouldBe(1);
        process.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sentence => sentence.ShouldContain($"Database '{database}' is damaged"),
            sentence => sentence.ShouldContain("Restore it from a backup, or move it away to start with an empty one."));
        process.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--prot=8080", "'--prot' is not an option")]
    [InlineData("--http-port=80800", "'Exporter:HttpPort' (--http-port) must be 0 (any free one) to 65535, found 80800.")]
    [InlineData("--listen=localhost", "'Exporter:Listen' (--listen) must be an IP address such as 127.0.0.1 or 0.0.0.0, found 'localhost'.")]
    public async Task A_wrong_option_is_a_sentence_and_exit_code_2(string option, string sentence)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"standalone-tests-{Guid.NewGuid()}");
        await using var process = StandaloneProcess.Launch(folder, null, option);

        (await process.Ended).ShouldBe(2);
        process.Errors.ShouldHaveSingleItem().ShouldContain(sentence);
        Directory.Exists(folder).ShouldBeFalse();
    }
}
