using Microsoft.Extensions.Options;

namespace Exporter.Ingest;

public sealed class OptionsTests
{
    [Fact]
    public async Task Every_fault_is_named_at_once_at_the_start()
    {
        var refused = await Should.ThrowAsync<OptionsValidationException>(() => IngestHost.StartAsync(host =>
        {
            host.Settings["Ingest:MaxReportAge"] = "-1.00:00:00";
            host.Settings["Ingest:MaxReportsAge"] = "1.00:00:00";
            host.Settings["Ingest:Limits:MaxBodyBytes"] = "ten";
            host.Settings["Ingest:Limits:MaxReports"] = "10001";
            host.Settings["Ingest:GroupCommit:MaxHeldBytes"] = "1";
        }));

        refused.Failures.ShouldBe(
        [
            "'Ingest:GroupCommit:MaxHeldBytes' must be at least 1048576, found 1.",
            "'Ingest:Limits:MaxBodyBytes' must be a whole number of at most 2147483647, found 'ten'.",
            "'Ingest:Limits:MaxReports' must be from 1 to 10000, found 10001.",
            "'Ingest:MaxReportAge' must be longer than zero, found -1.00:00:00.",
            "'Ingest:MaxReportsAge' is not a setting. Known here: GroupCommit, Limits, MaxReportAge.",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Settings_take_effect()
    {
        await using var host = await IngestHost.StartAsync(host => host.Settings["Ingest:MaxReportAge"] = "10.00:00:00");
        var now = host.Clock.GetUtcNow();

        using var response = await host.PostAsync(Sample.Items(Sample.Item(now.AddDays(-9)), Sample.Item(now.AddDays(-11))));

        host.Store.Reports.Count.ShouldBe(1);
    }
}
