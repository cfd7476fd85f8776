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

    [Theory, EveryStore]
    public async Task A_payload_is_read_back_as_it_came(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var export = await fixture.AddExportAsync("one", settings => settings with { BatchReports = 1 });
        var large = new byte[900_000];
        new Random(1).NextBytes(large);
        await fixture.Blocks.CommitAsync([new(null, [new(ReportSource.Gnss, large, [new(large.Length, 1_795_000_000_123)])])], StoreFixture.Cancel);
        await fixture.RouteAsync();
        var batch = (await fixture.ClaimAsync(export)).ShouldNotBeNull().Batch;
        batch.FirstObservedAt.ToUnixTimeMilliseconds().ShouldBe(1_795_000_000_123);
        var member = (await fixture.Batches.ReadMembersAsync(batch, batch.FromSequence, 10, StoreFixture.Cancel)).ShouldHaveSingleItem();
        var payload = new System.Buffers.ArrayBufferWriter<byte>();
        await fixture.Batches.ReadPayloadAsync(member.BlockId, payload, StoreFixture.Cancel);
        payload.WrittenSpan[1..].SequenceEqual(large).ShouldBeTrue();
        System.Security.Cryptography.SHA256.HashData(payload.WrittenSpan).ShouldBe(member.PayloadSha256.ToArray());
        await Should.ThrowAsync<InvalidDataException>(() => fixture.Batches.ReadPayloadAsync(Guid.NewGuid(), payload, StoreFixture.Cancel));
    }

    [Theory, EveryStore]
    public async Task A_commit_of_repeats_alone_stores_nothing_and_one_without_reports_remembers_its_key(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var record = new IdempotencyRecord("empty", new byte[32], new byte[] { 9 });
        (await fixture.Blocks.CommitAsync([new(null, [], record)], StoreFixture.Cancel))[0].ShouldBeOfType<CommitReceipt.Stored>();
        (await fixture.Blocks.CommitAsync([new(null, [StoreFixture.Packed(1)], record)], StoreFixture.Cancel))[0]
            .ShouldBeOfType<CommitReceipt.Repeated>().Answer.ToArray().ShouldBe([9]);
        (await fixture.CountAsync("block")).ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task Two_commits_with_one_idempotency_key_store_it_once(StoreKind kind)
    {
        await using var fixture = await StoreFixture.OpenAsync(kind);
        var commits = Enumerable.Range(0, 8).Select(i => Task.Run(() => fixture.Blocks.CommitAsync(
            [
                new(null, [StoreFixture.Packed(1)], new IdempotencyRecord(i % 2 == 0 ? "a" : "b", new byte[32], new byte[] { (byte)i })),
                new(null, [StoreFixture.Packed(1)], new IdempotencyRecord(i % 2 == 0 ? "b" : "a", new byte[32], new byte[] { (byte)i })),
            ],
            StoreFixture.Cancel)));
        var receipts = (await Task.WhenAll(commits)).SelectMany(receipt => receipt).ToList();
        receipts.OfType<CommitReceipt.Stored>().Count().ShouldBe(2);
        receipts.OfType<CommitReceipt.Repeated>().Count().ShouldBe(14);
        await fixture.AddExportAsync("one", settings => settings);
        await fixture.RouteAsync();
        (await fixture.BooksAsync())[0].Waiting.ShouldBe(2);
    }
}
