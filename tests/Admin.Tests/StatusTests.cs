using Exporter.Admin.V1;
using Exporter.Delivery.Queries;
using Google.Protobuf.WellKnownTypes;

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
            "Export 'daily' has 7 report(s) in its dead letters. List, replay or discard them with 'exporter deadletters'.",
            "Export 'daily' holds 80 waiting reports of at most 100. Find out why it does not deliver, or raise max_waiting_reports.",
        ]);
    }

    [Fact]
    public async Task Circuits_are_shown_from_the_store_and_open_ones_are_problems()
    {
        var (down, shaky, paused) = (Guid.Parse((await CreateAsync("down")).Id), Guid.Parse((await CreateAsync("shaky")).Id),
            Guid.Parse((await CreateAsync("paused", change: offered => offered.Paused = true)).Id));
        var since = DateTimeOffset.UnixEpoch;
        Server.Queries.Circuits.Add(new(down, true, 5, since, since.AddMinutes(2), "timeout", "'partner.example' did not answer."));
        Server.Queries.Circuits.Add(new(shaky, false, 1, since, since, "http_503", "'other.example' answered 503."));
        Server.Queries.Circuits.Add(new(paused, true, 9, since, since, "http_401", "'third.example' refused the credentials."));
        Server.Queries.Circuits.Add(new(Guid.NewGuid(), true, 9, since, since, "http_401", "Of an export that was deleted."));

        var status = await Client.GetStatusAsync(new(), cancellationToken: Cancel);
        status.Circuits.Select(circuit => circuit.ExportName).ShouldBe(["down", "paused", "shaky"]);
        status.Circuits[0].ShouldBe(new Circuit
        {
            ExportId = down.ToString(), ExportName = "down", Open = true, FaultCount = 5, Since = since.ToTimestamp(),
            PausedUntil = since.AddMinutes(2).ToTimestamp(), ErrorType = "timeout", ErrorDetail = "'partner.example' did not answer.",
        });
        status.PausedExports.ShouldBe(["paused"]);
        status.Problems.ShouldBe(
            ["Export 'down' waits for its destination since 1970-01-01 00:00:00Z (timeout): 'partner.example' did not answer. Its batches are kept."]);

        (await Client.GetExportAsync(new() { Export = "down" }, cancellationToken: Cancel)).Circuit.ShouldBe(status.Circuits[0]);
        (await Client.ListExportsAsync(new(), cancellationToken: Cancel)).Exports.Select(export => export.Circuit?.Open ?? false)
            .ShouldBe([true, true, false]);
    }
}
