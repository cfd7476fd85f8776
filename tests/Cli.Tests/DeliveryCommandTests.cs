using Exporter.Admin.Tests.Stand;
using Exporter.Delivery.Batches;

namespace Exporter.Cli.Tests;

public sealed class DeliveryCommandTests : CliFixture
{
    [Fact]
    public async Task Queues_are_shown()
    {
        var export = await CreateAsync();
        Server.Queries.Queues.Add(new(export, "gnss/no_key", 12_345, 5_000_000, SampleBatch.SealedAt));

        var table = (await RunAsync("queues", "--export", "daily")).ShouldSucceed();
        CellsOf(table.Lines[0]).ShouldBe(["EXPORT", "PARTITION", "REPORTS", "SIZE", "OLDEST"]);
        CellsOf(table.Lines[1]).ShouldBe(["daily", "gnss/no_key", "12,345", "4.8 MiB", "2026-03-07 12:00:00Z"]);
        (await RunAsync("queues", "--json")).ShouldSucceed().Json.GetProperty("queues")[0].GetProperty("waitingReports").GetString()
            .ShouldBe("12345");
    }

    [Fact]
    public async Task Batches_are_listed_and_shown()
    {
        var export = await CreateAsync();
        Server.Queries.Batches.Add(SampleBatch.Of(1, export, BatchState.Delivered));
        Server.Queries.Batches.Add(SampleBatch.Of(2, export, BatchState.Sealed));

        var table = (await RunAsync("batches", "list", "--state", "sealed")).ShouldSucceed();
        table.Lines.Length.ShouldBe(2);
        CellsOf(table.Lines[1])[1..].ShouldBe(["daily", "gnss/field-team-7", "sealed", "1,500", "3", "2026-03-07 12:00:00Z", "s3_503"]);

        var id = Server.Queries.Batches[0].Batch.Id.ToString();
        (await RunAsync("batches", "show", id)).ShouldSucceed().Lines.ShouldContain("Location   s3://reports/gnss/1.json.gz");
        (await RunAsync("batches", "show", id, "--json")).ShouldSucceed().Json.GetProperty("objectSha256").GetString().ShouldBe("ab12");
        (await RunAsync("batches", "show", "seven"))
            .ShouldFail("ID: Must be a batch's id, a UUID such as 3f2c1f6e-6e0a-4e53-9d3c-5a1f4c1b7a10.");
    }

    [Fact]
    public async Task Delivered_batches_are_sent_again_by_id_or_by_export_and_time()
    {
        var export = await CreateAsync();
        var view = SampleBatch.Of(1, export, BatchState.Delivered);
        Server.Queries.Batches.Add(view);
        var deliveredAt = new DateTimeOffset(2020, 3, 7, 12, 0, 0, TimeSpan.Zero);
        Server.Retained.Standing.Add((view.Batch.Id, export, deliveredAt, 1500));
        Server.Retained.Standing.Add((Guid.NewGuid(), export, deliveredAt.AddDays(1), 700));

        (await RunAsync("batches", "replay", "--export", "daily", "--since", "2020-03-07", "--until", "2020-03-08T00:00Z", "--dry-run")).ShouldSucceed()
            .Output.ShouldBe("1 delivered batch(es) with 1,500 report(s) would be sent again.\n");
        (await RunAsync("batches", "replay", view.Batch.Id.ToString())).ShouldSucceed()
            .Output.ShouldBe("1 delivered batch(es) with 1,500 report(s) are sent again.\n");
        (await RunAsync("batches", "replay", "--export", "daily", "--json")).ShouldSucceed().Json.GetProperty("reportCount").GetString().ShouldBe("700");
        Server.Retained.Replayed.Count.ShouldBe(2);
        (await RunAsync("batches", "replay"))
            .ShouldFail("Name one batch by its id, or an export by --export, with --since and --until as needed.");
        (await RunAsync("batches", "replay", "--export", "daily", "--since", "2h", "--until", "3h")).Error.ShouldStartWith("--until: Must be later than");
    }

    [Fact]
    public async Task Piped_tables_are_neither_cut_nor_coloured()
    {
        var export = await CreateAsync();
        var detail = string.Join(' ', Enumerable.Range(0, 400).Select(number => $"word{number}")) + "\u001b[31mred\u001b[0m\nsecond line";
        Server.Queries.Batches.Add(SampleBatch.Of(1, export, BatchState.Sealed) with { ErrorDetail = detail });
        var shown = (await RunAsync("batches", "show", Server.Queries.Batches[0].Batch.Id.ToString())).ShouldSucceed();
        shown.Lines[^1].ShouldBe($"Error      s3_503: {detail.Replace('\u001b', ' ').Replace('\n', ' ')}");
    }

    [Fact]
    public async Task The_status_tells_what_is_wrong()
    {
        var export = await CreateAsync();
        Server.Queries.Books.Add(new(export, 2_000, 1_900, 60, 30, 0, 10));
        (await RunAsync("status")).ShouldSucceed().Lines[^1].ShouldBe("All is well.");

        Server.Queries.Circuits.Add(new(
            export, true, 5, SampleBatch.SealedAt, SampleBatch.SealedAt.AddMinutes(1), "timeout", "'partner.example' did not answer."));
        (await RunAsync("exports", "pause", "daily")).ShouldSucceed();
        var waiting = (await RunAsync("status")).ShouldSucceed();
        waiting.Lines.ShouldContain("Paused           daily");
        CellsOf(waiting.Lines[^2]).ShouldBe(
            ["daily", "open", "5", "2026-03-07 12:00:00Z", "2026-03-07 12:01:00Z", "timeout: 'partner.example' did not answer."]);
        Server.Queries.Circuits.Clear();

        Server.Queries.Store = Server.Queries.Store with { Problems = ["The disk is nearly full. Make room."] };
        var status = (await RunAsync("status")).ShouldSucceed();
        status.Lines[^2..].ShouldBe(["1 problem(s):", "- The disk is nearly full. Make room."]);
        CellsOf(status.Lines.First(line => line.StartsWith("daily", StringComparison.Ordinal)))
            .ShouldBe(["daily", "2,000", "1,900", "60", "30", "0", "10"]);
        (await RunAsync("status", "--json")).ShouldSucceed().Json.GetProperty("books")[0].GetProperty("routed").GetString()
            .ShouldBe("2000");
    }

    private async Task<Guid> CreateAsync()
    {
        (await RunAsync("exports", "create", "daily", "--kind", "dummy")).ShouldSucceed();
        return (await Server.Exports.LoadAsync(Cancel)).Find("daily")!.Id;
    }
}
