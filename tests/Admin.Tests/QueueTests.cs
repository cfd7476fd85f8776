using Exporter.Admin.Tests.Stand;
using Exporter.Admin.V1;
using Exporter.Delivery.Queries;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Domain = Exporter.Delivery.Batches;

namespace Exporter.Admin.Tests;

public sealed class QueueTests : AdminFixture
{
    [Fact]
    public async Task Queues_are_shown_oldest_first_for_all_exports_or_for_one()
    {
        var (one, other) = (Guid.Parse((await CreateAsync("one")).Id), Guid.Parse((await CreateAsync("other")).Id));
        Server.Queries.Queues.Add(new(one, "gnss/no_key", 10, 4000, SampleBatch.SealedAt.AddMinutes(1)));
        Server.Queries.Queues.Add(new(other, "", 20, 8000, SampleBatch.SealedAt));

        var all = await Client.ListQueuesAsync(new(), cancellationToken: Cancel);
        all.Queues.Select(queue => queue.ExportName).ShouldBe(["other", "one"]);

        var single = await Client.ListQueuesAsync(new() { Export = "one" }, cancellationToken: Cancel);
        single.Queues.Single().ShouldBe(new Queue
        {
            ExportId = one.ToString(), ExportName = "one", Partition = "gnss/no_key", WaitingReports = 10, WaitingBytes = 4000,
            OldestAt = SampleBatch.SealedAt.AddMinutes(1).ToTimestamp(),
        });
        await RefusedAsync(
            StatusCode.NotFound, async () => await Client.ListQueuesAsync(new() { Export = "nothing" }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_batch_is_shown_whole()
    {
        var export = await CreateAsync("archive");
        var view = SampleBatch.Of(1, Guid.Parse(export.Id), Domain.BatchState.Delivered) with { SettledReports = 1400 };
        Server.Queries.Batches.Add(view);

        (await Client.GetBatchAsync(new() { Id = view.Batch.Id.ToString() }, cancellationToken: Cancel)).ShouldBe(new Batch
        {
            Id = view.Batch.Id.ToString(),
            ExportId = export.Id,
            ExportName = "archive",
            Partition = "gnss/field-team-7",
            State = BatchState.Delivered,
            Trigger = BatchTrigger.Count,
            ReportCount = 1500,
            PayloadBytes = 600_000,
            AttemptCount = 3,
            SealedAt = SampleBatch.SealedAt.ToTimestamp(),
            DueAt = SampleBatch.SealedAt.AddMinutes(1).ToTimestamp(),
            DeliveredAt = SampleBatch.SealedAt.AddMinutes(2).ToTimestamp(),
            Location = "s3://reports/gnss/1.json.gz",
            ErrorType = "s3_503",
            ErrorDetail = "The store asks to slow down.",
            ObjectBytes = 123_456,
            ObjectEtag = "\"etag\"",
            ObjectSha256 = "ab12",
            FirstObservedAt = SampleBatch.SealedAt.AddHours(-2).ToTimestamp(),
            LastObservedAt = SampleBatch.SealedAt.AddHours(-1).ToTimestamp(),
            SettledReportCount = 1400,
        });
    }

    [Fact]
    public async Task A_batch_that_is_not_there_and_an_id_that_is_none_are_told_apart()
    {
        (await FaultsAsync(async () => await Client.GetBatchAsync(new() { Id = "seven" }, cancellationToken: Cancel)))
            .Keys.ShouldBe(["id"]);
        await RefusedAsync(StatusCode.NotFound,
            async () => await Client.GetBatchAsync(new() { Id = Guid.NewGuid().ToString() }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Batches_are_listed_newest_first_page_by_page_by_export_and_state()
    {
        var (one, other) = (Guid.Parse((await CreateAsync("one")).Id), Guid.Parse((await CreateAsync("other")).Id));
        for (var number = 1; number <= 5; number++)
            Server.Queries.Batches.Add(SampleBatch.Of(number, one, number < 4 ? Domain.BatchState.Delivered : Domain.BatchState.Sealed));
        Server.Queries.Batches.Add(SampleBatch.Of(6, other, Domain.BatchState.Delivered));

        var request = new ListBatchesRequest { Export = "one", State = BatchState.Delivered, PageSize = 2 };
        var first = await Client.ListBatchesAsync(request, cancellationToken: Cancel);
        request.PageToken = first.NextPageToken;
        var second = await Client.ListBatchesAsync(request, cancellationToken: Cancel);

        first.Batches.Concat(second.Batches).Select(batch => batch.Id)
            .ShouldBe(new[] { 2, 1, 0 }.Select(index => Server.Queries.Batches[index].Batch.Id.ToString()));
        second.NextPageToken.ShouldBe("");
    }

    [Fact]
    public async Task A_state_that_is_none_and_a_foreign_page_token_are_faults()
    {
        (await FaultsAsync(async () => await Client.ListBatchesAsync(new() { State = (BatchState)77 }, cancellationToken: Cancel)))["state"]
            .ShouldBe("Must be sealed, sending, delivered, dead or discarded, found 77.");
        (await FaultsAsync(async () => await Client.ListBatchesAsync(new() { PageToken = "x" }, cancellationToken: Cancel)))["page_token"]
            .ShouldBe("Must be empty or the next_page_token of the answer before.");
    }
}
