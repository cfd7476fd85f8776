using Exporter.Delivery.Exports;
using Exporter.Delivery.Routing;

namespace Exporter.Admin.Tests;

public sealed class ExportMatchTests
{
    [Theory]
    [InlineData("team-a", "gnss", MatchResult.SkippedKey)]
    [InlineData("team-b", "gnss", MatchResult.Matched)]
    [InlineData("TEAM-A", "gnss", MatchResult.Matched)]
    [InlineData("team-b", "query", MatchResult.SkippedSource)]
    [InlineData("team-a", "query", MatchResult.SkippedKey)]
    [InlineData(null, "gnss", MatchResult.Matched)]
    [InlineData(null, "query", MatchResult.SkippedSource)]
    public void An_enabled_export_takes_what_its_rules_do_not_skip(string? key, string source, MatchResult expected) =>
        ExportMatch.Of(Export(isEnabled: true), key, source).ShouldBe(expected);

    [Fact]
    public void A_disabled_export_takes_nothing() =>
        ExportMatch.Of(Export(isEnabled: false), "team-b", "gnss").ShouldBe(MatchResult.Disabled);

    private static ExportDefinition Export(bool isEnabled) => new(
        Guid.NewGuid(), "daily", ExportKind.Dummy, isEnabled, new ExportSettings { SkipKeys = ["team-a"], SkipSources = ["query"] },
        ConditionalPut.Unknown, default, default, 1);
}
