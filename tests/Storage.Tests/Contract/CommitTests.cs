using Exporter.Delivery.Blocks;
using Exporter.Storage.Stores;

namespace Exporter.Storage.Contract;

public sealed class CommitTests
{
    [Theory, EveryStore]
    public async Task Requests_of_one_key_and_source_share_a_block_and_others_do_not(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.Blocks.CommitAsync(
            [
                new(null, [StoreFixture.Packed(3)]),
                new(null, [StoreFixture.Packed(4)]),
                new("test-key", [StoreFixture.Packed(5)]),
                new(null, [StoreFixture.Packed(6, ReportSource.Fused)]),
            ],
            StoreFixture.Cancel);

        (await fixture.CountAsync("block")).ShouldBe(3);
        (await fixture.CountPayloadsAsync()).ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task A_block_holds_at_most_1000_reports(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        await fixture.CommitAsync(2500);
        (await fixture.CountAsync("block")).ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task A_repeat_under_an_idempotency_key_gets_the_first_answer_and_stores_nothing(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var first = new IdempotencyRecord("again", new byte[32], new byte[] { 7 });
        var repeat = new IdempotencyRecord("again", new byte[32], new byte[] { 8 });
        var receipts = await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], first), new(null, [StoreFixture.Packed(1)], repeat)], StoreFixture.Cancel);
        receipts[0].ShouldBeOfType<CommitReceipt.Stored>();
        receipts[1].ShouldBeOfType<CommitReceipt.Repeated>().Answer.ToArray().ShouldBe([7]);

        await fixture.ReopenAsync();
        (await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], repeat)], StoreFixture.Cancel))[0].ShouldBeOfType<CommitReceipt.Repeated>();
        (await fixture.CountAsync("block")).ShouldBe(1);
    }

    [Theory, EveryStore]
    public async Task An_idempotency_key_is_per_api_key_tells_other_bodies_apart_and_is_forgotten_after_a_day(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var record = new IdempotencyRecord("again", new byte[32], new byte[] { 7 });
        var other = record with { RequestSha256 = Enumerable.Repeat((byte)1, 32).ToArray() };
        await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], record)], StoreFixture.Cancel);
        (await fixture.Blocks.CommitAsync([new("test-key", [StoreFixture.Packed(1)], record)], StoreFixture.Cancel))[0].ShouldBeOfType<CommitReceipt.Stored>();
        (await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], other)], StoreFixture.Cancel))[0].ShouldBeOfType<CommitReceipt.KeyReused>();

        await fixture.AdvanceAsync(TimeSpan.FromHours(24));
        (await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], other)], StoreFixture.Cancel))[0].ShouldBeOfType<CommitReceipt.Stored>();
    }
}
