using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Exporter.Grpc;

/// <summary>The originals can't be restored here, so what is held is which packages and projects MSBuild would ask for.</summary>
public sealed class OfficialPackagesTests
{
    private static readonly string[] StoodIn =
        ["Grpc.AspNetCore", "Grpc.AspNetCore.HealthChecks", "Grpc.AspNetCore.Server.Reflection", "Grpc.Net.Client"];

    [Fact]
    public async Task Stand_ins_take_the_place_of_packages_that_the_registry_lacks()
    {
        var (packages, projects) = await EvaluateAsync();

        packages.ShouldNotContain(package => StoodIn.Contains(package));
        projects.Where(project => project.Contains("/compat/", StringComparison.Ordinal)).Select(project => Path.GetFileNameWithoutExtension(project))
            .ShouldBe(StoodIn, ignoreOrder: true);
        projects.ShouldAllBe(project => File.Exists(project));
    }

    [Fact]
    public async Task The_originals_come_back_by_one_property()
    {
        var (packages, projects) = await EvaluateAsync("-p:OfficialPackages=true");

        StoodIn.ShouldBeSubsetOf(packages);
        projects.ShouldNotContain(project => project.Contains("/compat/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_originals_get_the_newer_protobuf_that_they_ask_for()
    {
        var pinned = VersionOf(await AskAsync(), "Google.Protobuf");
        var official = VersionOf(await AskAsync("-p:OfficialPackages=true"), "Google.Protobuf");

        pinned.ShouldBe("[3.25.1]");
        Version.Parse(official.Trim('[', ']')).ShouldBeGreaterThan(Version.Parse(pinned.Trim('[', ']')));
    }

    private static async Task<(List<string> Packages, List<string> Projects)> EvaluateAsync(params string[] options)
    {
        var items = await AskAsync(options);
        return (Names(items, "PackageReference", "Identity"), Names(items, "ProjectReference", "FullPath"));
    }

    private static List<string> Names(JsonElement items, string kind, string property) =>
        [.. items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty(property).GetString()!)];

    private static string VersionOf(JsonElement items, string package) => items.GetProperty("PackageVersion").EnumerateArray()
        .Single(item => item.GetProperty("Identity").GetString() == package).GetProperty("Version").GetString()!;

    private static async Task<JsonElement> AskAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", ProjectFile(), "-getItem:PackageReference,ProjectReference,PackageVersion", .. options])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, text);
        using var answer = JsonDocument.Parse(text);
        return answer.RootElement.GetProperty("Items").Clone();
    }

    private static string ProjectFile([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Grpc.Tests.csproj");
}
