using Exporter.Admin.V1;
using Exporter.Reports.V1;

namespace Exporter.Admin.Tests;

public sealed class ExplainTests : AdminFixture
{
    [Fact]
    public async Task Each_export_says_whether_it_takes_the_report_why_and_where_to()
    {
        await CreateAsync("archive", ExportKind.S3, export => export.Settings.Url = "s3://reports/{source}/{api_key}/{year}");
        await CreateAsync("no-keys", ExportKind.Dummy, export => export.Settings.SkipKeys.Add("field-team-7"));
        await CreateAsync("no-fused", ExportKind.Dummy, export => export.Settings.SkipSources.Add("fused"));
        await CreateAsync("off", ExportKind.Dummy, export => export.Enabled = false);
        await AddKeyAsync("field-team-7", 100);

        var answer = await ExplainAsync("field-team-7", PositionSource.Fused);
        answer.Refusal.ShouldBe("");
        answer.Exports.Select(export => (export.ExportName, export.Matched, export.Reason)).ShouldBe(
        [
            ("archive", true, "Enabled, and neither the API key nor the source fused is skipped."),
            ("no-fused", false, "Its skip_sources name the source fused."),
            ("no-keys", false, "Its skip_keys name the API key."),
            ("off", false, "The export is disabled."),
        ]);
        answer.Exports[0].Location.ShouldMatch("^s3://reports/fused/field-team-7/20[0-9]{2}/{batch_id}\\.json\\.gz$");
        answer.Exports.Skip(1).ShouldAllBe(export => export.Location == "");
    }

    [Fact]
    public async Task A_key_that_is_not_known_counts_as_none()
    {
        await CreateAsync("archive", ExportKind.S3, export =>
        {
            export.Settings.Url = "s3://reports/{api_key}";
            export.Settings.SkipKeys.Add("stranger");
        });

        var explained = (await ExplainAsync("stranger", PositionSource.Gnss)).Exports.Single();
        explained.Matched.ShouldBeTrue();
        explained.Reason.ShouldEndWith(" The API key is not known, so the report counts as anonymous.");
        explained.Location.ShouldBe("s3://reports/no_key/{batch_id}.json.gz");
    }

    [Fact]
    public async Task A_key_that_keeps_nothing_refuses()
    {
        await AddKeyAsync("muted", 0);
        (await ExplainAsync("muted", PositionSource.Gnss))
            .Refusal.ShouldBe("The API key's submit_sample_percent is 0: Ingest keeps none of its reports.");
    }

    [Fact]
    public async Task A_report_must_be_given() =>
        (await FaultsAsync(async () => await Client.ExplainReportAsync(new(), cancellationToken: Cancel)))["report"]
            .ShouldBe("Must be given.");

    private async Task<ExplainReportResponse> ExplainAsync(string key, PositionSource source) => await Client.ExplainReportAsync(
        new() { Report = new() { Position = new() { Source = source } }, ApiKey = key }, cancellationToken: Cancel);

    private async Task AddKeyAsync(string key, int percent) => await Client.CreateApiKeyAsync(
        new() { ApiKey = new() { Key = key, SubmitSamplePercent = percent } }, cancellationToken: Cancel);
}
