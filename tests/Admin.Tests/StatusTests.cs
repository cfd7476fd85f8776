using Exporter.Admin.V1;
using Exporter.Delivery.Queries;

namespace Exporter.Admin.Tests;

public sealed class StatusTests : AdminFixture
{
    [Fact]
    public async Task A_system_that_is_well_says_so_by_no_problem()
    {
        var export = await CreateAsync("daily");
        Server.Queries.Books.Add(new(Guid.Parse(export.Id), 100, 60, 30, 10, 0, 0));

        var status = await Client.GetStatusAsync(new(), cancellationToken: Cancel);
        status.Version.ShouldStartWith("0.1.0");
        status.Revision.ShouldBe(1);
        status.StoreBytes.ShouldBe(4096);
        status.FreeBytes.ShouldBe(1L << 30);
        status.Problems.ShouldBeEmpty();
        status.Books.Single().ShouldBe(new Exporter.Admin.V1.Books
        {
            ExportId = export.Id, ExportName = "daily", Routed = 100, Delivered = 60, Waiting = 30, InFlight = 10,
        });
    }

    [Fact]
    public async Task Without_an_enabled_export_it_says_that_reports_go_nowhere()
    {
        Server.Queries.Store = new(3, DateTimeOffset.UnixEpoch, 1, 1, 1, ["The disk is nearly full."]);
        var status = await Client.GetStatusAsync(new(), cancellationToken: Cancel);
        status.UnroutedBlocks.ShouldBe(3);
        status.Problems.ShouldBe(
            ["The disk is nearly full.", "No export is enabled: reports wait in the store and go nowhere. Create or enable one."]);
    }

    [Fact]
    public async Task Dead_letters_nearly_full_exports_and_books_that_do_not_balance_are_problems()
    {
        var export = await CreateAsync("daily", ExportKind.Dummy, offered =>
        {
            offered.Settings.FullPolicy = FullPolicy.RefuseIngest;
            offered.Settings.MaxWaitingReports = 100;
        });
        Server.Queries.Books.Add(new(Guid.Parse(export.Id), 100, 5, 80, 0, 7, 0));

        (await Client.GetStatusAsync(new(), cancellationToken: Cancel)).Problems.ShouldBe(
        [
            "The books of export 'daily' don't balance: 100 routed, 5 delivered, 80 waiting, 0 in flight, 7 dead, 0 discarded. "
                + "This is a fault of Exporter: please report it.",
            "Export 'daily' has 7 report(s) in its dead letters. List, replay or discard them.",
            "Export 'daily' holds 80 waiting reports of at most 100. Find out why it does not deliver, or raise max_waiting_reports.",
        ]);
    }
}
