using Exporter.Admin.Tests.Stand;
using Exporter.Admin.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Domain = Exporter.Delivery.Batches;

namespace Exporter.Admin.Tests;

public sealed class RetainedBatchTests : AdminFixture
{
    private static readonly DateTimeOffset DeliveredAt = new(2020, 3, 7, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Delivered_batches_of_an_export_are_counted_and_sent_again_by_their_time()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        for (var hour = 0; hour < 4; hour++)
            Server.Retained.Standing.Add((Guid.NewGuid(), export, DeliveredAt.AddHours(hour), 100));
        Server.Retained.Standing.Add((Guid.NewGuid(), Guid.NewGuid(), DeliveredAt.AddHours(1), 100));

        var request = new ReplayBatchesRequest
        {
            Export = "daily", DeliveredFrom = DeliveredAt.AddHours(1).ToTimestamp(), DeliveredTo = DeliveredAt.AddHours(3).ToTimestamp(),
            DryRun = true,
        };
        var counted = new ReplayBatchesResponse { BatchCount = 2, ReportCount = 200 };
        (await Client.ReplayBatchesAsync(request, cancellationToken: Cancel)).ShouldBe(counted);
        Server.Retained.Replayed.ShouldBeEmpty();
        request.DryRun = false;
        (await Client.ReplayBatchesAsync(request, cancellationToken: Cancel)).ShouldBe(counted);
        Server.Retained.Standing.Count.ShouldBe(3);
        Server.Log.ShouldContain("2 delivered batch(es) with 200 report(s) are sent again.");
    }

    [Fact]
    public async Task None_is_sent_twice_where_deliveries_are_quicker_than_the_command_and_the_clocks_differ()
    {
        var export = Guid.Parse((await CreateAsync("daily")).Id);
        for (var number = 0; number < 1500; number++)
            Server.Retained.Standing.Add((Guid.NewGuid(), export, DeliveredAt.AddSeconds(number), 1));
        Server.Retained.DeliveredAgainAt = DeliveredAt.AddHours(1);

        (await Client.ReplayBatchesAsync(new() { Export = "daily" }, cancellationToken: Cancel)).BatchCount.ShouldBe(1500);
        Server.Retained.Replayed.Distinct().Count().ShouldBe(1500);
        Server.Retained.Portions.ShouldBe([1000, 500]);
    }

    [Fact]
    public async Task One_batch_is_sent_again_by_its_id()
    {
        var view = SampleBatch.Of(1, Guid.Parse((await CreateAsync("daily")).Id), Domain.BatchState.Delivered);
        Server.Queries.Batches.Add(view);
        Server.Retained.Standing.Add((view.Batch.Id, view.Batch.ExportId, DeliveredAt, 1500));

        (await Client.ReplayBatchesAsync(new() { Id = view.Batch.Id.ToString() }, cancellationToken: Cancel))
            .ShouldBe(new ReplayBatchesResponse { BatchCount = 1, ReportCount = 1500 });
        (await RefusedAsync(StatusCode.FailedPrecondition,
            async () => await Client.ReplayBatchesAsync(new() { Id = view.Batch.Id.ToString() }, cancellationToken: Cancel))).Status.Detail
            .ShouldBe($"The reports of batch {view.Batch.Id} are not retained. "
                + "An export keeps those of batches delivered from now on with retain_delivered (--retain 2d).");
    }

    [Fact]
    public async Task Only_delivered_batches_are_sent_again()
    {
        var view = SampleBatch.Of(1, Guid.NewGuid(), Domain.BatchState.Sealed);
        Server.Queries.Batches.Add(view);
        (await RefusedAsync(StatusCode.FailedPrecondition,
            async () => await Client.ReplayBatchesAsync(new() { Id = view.Batch.Id.ToString() }, cancellationToken: Cancel))).Status.Detail
            .ShouldStartWith($"Batch {view.Batch.Id} is sealed, and only delivered batches are sent again.");
        await RefusedAsync(StatusCode.NotFound,
            async () => await Client.ReplayBatchesAsync(new() { Id = Guid.NewGuid().ToString() }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task One_batch_or_an_export_is_asked_for_and_every_fault_is_told()
    {
        (await FaultsAsync(async () => await Client.ReplayBatchesAsync(
            new() { DeliveredFrom = new() { Seconds = 9 }, DeliveredTo = new() { Seconds = 8 } }, cancellationToken: Cancel)))
            .Keys.ShouldBe(["id", "delivered_to"]);
        (await FaultsAsync(async () => await Client.ReplayBatchesAsync(
            new() { Id = "seven", Export = "daily", DeliveredFrom = new() }, cancellationToken: Cancel)))
            .Keys.ShouldBe(["id", "export", "delivered_from"]);
    }
}
