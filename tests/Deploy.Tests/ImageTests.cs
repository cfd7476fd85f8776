using System.Text.RegularExpressions;
using Exporter.Deploy.Kit;
using Exporter.TestKit.Processes;

namespace Exporter.Deploy;

/// <summary>What every image keeps to. <c>deploy/test-images.sh</c> builds and runs them.</summary>
public sealed partial class ImageTests
{
    public static TheoryData<string> All => new(Services.All);

    [Theory]
    [MemberData(nameof(All))]
    public void An_image_is_small_has_a_user_by_number_and_a_probe(string service)
    {
        var lines = LinesOf(service);
        var run = lines[lines.FindLastIndex(line => line.StartsWith("FROM ", StringComparison.Ordinal))..];
        run[0].ShouldBe("FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled");
        run.ShouldContain("USER 1654:1654");
        run.ShouldContain($"ENTRYPOINT [\"dotnet\", \"Exporter.{service}.dll\"]");
        run.ShouldNotContain(line => line.StartsWith("RUN ", StringComparison.Ordinal), "there is no shell");
        run.Any(line => Probing().IsMatch(line) && line.Contains($"\"Exporter.{service}.dll\", \"--probe\"", StringComparison.Ordinal)).ShouldBe(Services.Listening.Contains(service));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void All_images_share_the_stages_that_build(string service)
    {
        BuildingOf(LinesOf(service)).ShouldBe(BuildingOf(LinesOf("Ingest")));
    }

    private static List<string> LinesOf(string service) => [.. File.ReadAllLines(RepositoryFolder.PathOf($"deploy/images/{service}.Dockerfile"))];

    private static List<string> BuildingOf(List<string> lines) =>
        [.. lines.SkipWhile(line => !line.StartsWith("FROM ", StringComparison.Ordinal)).TakeWhile(line => !line.StartsWith("FROM mcr.microsoft.com/dotnet/aspnet", StringComparison.Ordinal))];

    [GeneratedRegex("^HEALTHCHECK ")]
    private static partial Regex Probing();
}
