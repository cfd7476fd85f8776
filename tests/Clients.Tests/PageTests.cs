using Exporter.Clients.Runs;
using Exporter.Standalone.Boxes;
using Exporter.TestKit.Processes;

namespace Exporter.Clients;

public sealed class PageTests
{
    [Theory]
    [InlineData("python")]
    [InlineData("javascript")]
    public async Task Who_follows_the_page_hands_in_its_reports_twice(string client)
    {
        await using var box = await Box.StartAsync();
        await box.CreateExportAsync("all");
        using var clone = Clone.Make();

        var outcome = await clone.RunAsync(Page.Commands($"set up {client}") + Page.Commands($"submit {client}"), box.Process.Addresses.Grpc);

        outcome.ShouldBe(0, "3 reports: 3 accepted.");
        outcome.Output.Split('\n').Count(line => line == "3 reports: 3 accepted.").ShouldBe(2);
        await Eventually.Of(() => box.ObjectsOf("all").Reports().Count.ShouldBe(6));
    }

    [Fact]
    public void The_packages_that_the_page_names_are_those_that_the_tests_install()
    {
        Page.DebianPackages.ShouldNotBeEmpty();
        var installed = File.ReadAllText(RepositoryFolder.PathOf("test.sh"));
        foreach (var package in Page.DebianPackages)
            installed.ShouldContain(package);
    }
}
