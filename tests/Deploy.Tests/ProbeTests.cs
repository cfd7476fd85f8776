using Exporter.Deploy.Kit;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy;

/// <summary>What images rely on: a service's own program asks whether it is well, and its settings may be files.</summary>
public sealed class ProbeTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Listening => new(Services.Listening);

    [Theory]
    [MemberData(nameof(Listening))]
    public async Task A_probe_fails_where_nothing_listens(string service)
    {
        await using var probe = ServiceProcess.Launch($"services/{service}", new Dictionary<string, string> { ["Exporter__HttpPort"] = "1" }, "--probe");
        (await probe.Ended.WaitAsync(Longest, Cancel)).ShouldBe(1);
        probe.Errors.ShouldHaveSingleItem().ShouldStartWith("http://127.0.0.1:1/ready does not answer: ");
    }

    [Fact]
    public async Task A_probe_finds_a_service_that_is_well_where_its_settings_say()
    {
        var folder = Directory.CreateTempSubdirectory("exporter-probe-").FullName;
        await using var service = await StandaloneProcess.StartAsync(folder);
        var settings = new Dictionary<string, string> { ["Exporter__Listen"] = "0.0.0.0", ["Exporter__HttpPort"] = $"{service.Addresses.Http.Port}" };
        foreach (var arguments in new string[][] { ["--probe"], ["--probe", "/alive"] })
        {
            await using var probe = ServiceProcess.Launch("services/Standalone", settings, arguments);
            (await probe.Ended.WaitAsync(Longest, Cancel)).ShouldBe(0, string.Join(' ', probe.Errors));
        }

        await using var elsewhere = ServiceProcess.Launch("services/Standalone", settings, "--probe", "/nowhere");
        (await elsewhere.Ended.WaitAsync(Longest, Cancel)).ShouldBe(1);
        elsewhere.Errors.ShouldContain(line => line.Contains("/nowhere answers 404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_come_from_files_that_are_named_as_variables_are()
    {
        var folder = Directory.CreateTempSubdirectory("exporter-settings-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "ConnectionStrings__postgres"), "Host=127.0.0.1;Port=1;Username=nobody\n", Cancel);
        await using var job = ServiceProcess.Launch("services/Migrations", new Dictionary<string, string> { ["Exporter__SettingsFolder"] = folder, ["Store__StartTimeout"] = "00:00:01" });
        (await job.Ended.WaitAsync(Longest, Cancel)).ShouldBe(1);
        job.Errors.ShouldContain(line => line.StartsWith("The database can't be reached: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("services/Migrations")]
    [InlineData("services/Ingest")]
    public async Task A_settings_folder_that_is_not_there_is_refused(string project)
    {
        await using var service = ServiceProcess.Launch(project, new Dictionary<string, string> { ["Exporter__SettingsFolder"] = "/nowhere" });
        (await service.Ended.WaitAsync(Longest, Cancel)).ShouldBe(2);
        service.Errors.ShouldContain("'Exporter:SettingsFolder' must name a folder with a file for each setting, found no folder '/nowhere'.");
    }
}
