using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Storage.Stores;
using Exporter.TestKit.Servers;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>A connection that is lost at the worst moment.</summary>
public sealed class FaultTests
{
    private static readonly PostgresOptions Patient = new() { RetryFor = TimeSpan.FromSeconds(30) };
    private static readonly PostgresOptions Hasty = new() { RetryFor = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromSeconds(2) };

    private static CancellationToken Cancel => StoreFixture.Cancel;

    [Fact]
    public async Task B1_a_commit_whose_answer_was_lost_is_found_to_stand_and_stored_once()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var ingest = Through(fixture, link, Patient);
        await ingest.CommitAsync(1);
        var lost = link.LoseAnswerTo("commit_mark");
        var receipts = await ingest.Blocks.CommitAsync(
            [new(null, [StoreFixture.Packed(2)], new IdempotencyRecord("key", new byte[32], new byte[] { 1 })), new("test-key", [StoreFixture.Packed(3)])], Cancel);
        lost.IsCompleted.ShouldBeTrue();
        receipts.ShouldAllBe(receipt => receipt is CommitReceipt.Stored);
        (await fixture.ScalarAsync<long>("select sum(report_count) from exporter.block")).ShouldBe(1 + 2 + 3);
    }

    [Fact]
    public async Task B1_it_is_not_stored_again_when_its_blocks_were_delivered_and_deleted_meanwhile()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var ingest = Through(fixture, link, Patient);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        await ingest.CommitAsync(1);
        var lost = link.LoseAnswerTo("commit_mark", thenCut: true);
        var commit = ingest.CommitAsync(5);
        await lost;
        while (await fixture.CountAsync("commit_mark") < 2) // the answer is lost while the server may still be committing
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
        await fixture.RouteAsync();
        await fixture.DeliverAllAsync(export);
        await fixture.ReleaseAllAsync();
        (await fixture.CountAsync("block")).ShouldBe(0);
        link.Mend();
        await commit;
        (await fixture.CountAsync("block")).ShouldBe(0);
        (await fixture.BooksAsync())[0].Delivered.ShouldBe(6);
    }

    [Fact]
    public async Task B1_a_commit_that_is_not_known_to_stand_is_not_acknowledged_and_its_repeat_gets_the_first_answer()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var ingest = Through(fixture, link, Hasty);
        await ingest.CommitAsync(1);
        var lost = link.LoseAnswerTo("commit_mark", thenCut: true);
        var record = new IdempotencyRecord("key", new byte[32], new byte[] { 7 });
        await Should.ThrowAsync<CommitUnknownException>(() => ingest.Blocks.CommitAsync([new(null, [StoreFixture.Packed(2)], record)], Cancel));
        await lost;
        ingest.Blocks.Refusal.ShouldNotBeNull().ErrorType.ShouldBe("store_away");
        link.Mend();
        ingest.Clock.Advance(TimeSpan.FromSeconds(2));
        (await ingest.Blocks.CommitAsync([new(null, [StoreFixture.Packed(2)], record)], Cancel))[0]
            .ShouldBeOfType<CommitReceipt.Repeated>().Answer.ToArray().ShouldBe([7]);
        (await fixture.ScalarAsync<long>("select sum(report_count) from exporter.block")).ShouldBe(3);
    }

    [Fact]
    public async Task With_the_server_away_commits_are_refused_as_of_a_store_that_is_away_and_nothing_is_stored()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var ingest = Through(fixture, link, Hasty);
        await fixture.CommitAsync(1);
        link.Cut();
        var refused = await Should.ThrowAsync<StoreRefusedException>(() => ingest.CommitAsync(2));
        (refused.Refusal.ErrorType, refused.Refusal.Detail).ShouldBe(("store_away", "The store can't be reached. Send again later."));
        link.Mend();
        ingest.Clock.Advance(TimeSpan.FromSeconds(2));
        await ingest.CommitAsync(3);
        (await fixture.ScalarAsync<long>("select sum(report_count) from exporter.block")).ShouldBe(4);
    }

    [Fact]
    public async Task C1_an_outcome_whose_answer_was_lost_is_found_recorded_and_counted_once()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var exporter = Through(fixture, link, Patient);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        Outcome[] outcomes = [new Outcome.Delivered(), new Outcome.Rejected("odd", "Odd."), new Outcome.Deferred("busy", "Later.", FaultOf.Batch)];
        foreach (var outcome in outcomes)
        {
            await fixture.CommitAsync(2);
            await fixture.RouteAsync();
            var claim = (await exporter.ClaimAsync(export)).ShouldNotBeNull();
            var answered = link.LoseAnswerTo(outcome is Outcome.Delivered ? "object_etag = $5" : "COMMIT\0");
            (await exporter.RecordAsync(claim, outcome, TimeSpan.FromHours(1))).ShouldBeTrue();
            answered.IsCompleted.ShouldBeTrue();
        }

        var book = (await fixture.BooksAsync())[0];
        (book.Delivered, book.Dead, book.Waiting, book.InFlight).ShouldBe((2, 2, 2, 0));
    }

    [Fact]
    public async Task A_batch_is_read_to_its_end_over_connections_that_break()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var exporter = Through(fixture, link, Patient);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 10_000 });
        await fixture.CommitAsync(10_000);
        await fixture.RouteAsync();
        var batch = (await exporter.ClaimAsync(export)).ShouldNotBeNull().Batch;
        var bytes = 0;
        await foreach (var packed in new BatchReader(exporter.Batches, batch).ReadBlocksAsync(Cancel))
        {
            bytes += packed.Length;
            link.Cut();
            link.Mend();
        }

        bytes.ShouldBe(40_000);
    }

    [Fact]
    public async Task A_routing_whose_answer_was_lost_has_routed_everything_once()
    {
        await using var fixture = await PostgresFixture.OpenAsync();
        await using var link = Link(fixture);
        await using var router = Through(fixture, link, Patient);
        await fixture.AddExportAsync("one", settings => settings with { BatchReports = 2 });
        await fixture.CommitAsync(5);
        await router.RouteAsync();
        await fixture.CommitAsync(6);
        var lost = link.LoseAnswerTo("COMMIT\0");
        await Should.ThrowAsync<NpgsqlException>(router.RouteAsync);
        await lost;
        (await router.RouteAsync()).ShouldBe(0);
        (await fixture.BooksAsync())[0].Routed.ShouldBe(11);
        (await fixture.CountAsync("membership")).ShouldBe(2);
    }

    private static FaultyLink Link(PostgresFixture fixture) => new(new NpgsqlConnectionStringBuilder(fixture.ConnectionString).Port);

    private static PostgresFixture Through(PostgresFixture fixture, FaultyLink link, PostgresOptions options) => fixture.Another(
        new NpgsqlConnectionStringBuilder(fixture.ConnectionString) { Port = link.Port, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable }.ToString(),
        options with { });
}
