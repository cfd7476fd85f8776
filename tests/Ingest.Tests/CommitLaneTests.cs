using Exporter.Delivery.Blocks;

namespace Exporter.Ingest;

public sealed class CommitLaneTests
{
    private readonly MemoryBlockStore store = new() { KeepsReports = false };

    [Fact]
    public async Task After_a_failed_commit_nothing_more_of_its_lane_is_stored()
    {
        using var committer = await StartAsync(out var open);
        var lane = new CommitLane();
        var first = committer.CommitAsync(Submission(), lane);
        await Eventually.BecomesTrueAsync(() => store.Entered == 1);
        store.FailCommit(new IOException());
        var later = Enumerable.Range(0, 5).Select(_ => committer.CommitAsync(Submission(), lane)).ToList();
        var other = committer.CommitAsync(Submission());
        open.SetResult();

        await Should.ThrowAsync<IOException>(first);
        foreach (var refused in later)
            (await Should.ThrowAsync<StoreRefusedException>(refused)).Refusal.ErrorType.ShouldBe("stream_refused");
        (await other).ShouldBe(CommitReceipt.Stored.Instance);
        store.CommitSizes.ShouldBe([1]);
        (await Should.ThrowAsync<StoreRefusedException>(committer.CommitAsync(Submission(), lane))).Refusal.ErrorType.ShouldBe("stream_refused");
        committer.HeldBytes.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_refused_at_once_closes_the_lane_too()
    {
        using var committer = await StartAsync(out var open);
        open.SetResult();
        var lane = new CommitLane();
        store.Refusal = new("store_full", "Full.", TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<StoreRefusedException>(committer.CommitAsync(Submission(), lane));
        store.Refusal = null;

        await Should.ThrowAsync<StoreRefusedException>(committer.CommitAsync(Submission(), lane));
        store.CommitSizes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_follows_a_key_in_a_lane_waits_for_its_receipt()
    {
        using var committer = await StartAsync(out var open);
        var (lane, other) = (new CommitLane(), new CommitLane());
        var blocker = committer.CommitAsync(Submission());
        await Eventually.BecomesTrueAsync(() => store.Entered == 1);
        var all = new[]
        {
            committer.CommitAsync(Submission("a"), lane),
            committer.CommitAsync(Submission("b"), other),
            committer.CommitAsync(Submission("a", body: 2), lane),
            committer.CommitAsync(Submission(), lane),
            committer.CommitAsync(Submission(), other),
        };
        open.SetResult();
        await blocker;

        (await all[0]).ShouldBe(CommitReceipt.Stored.Instance);
        (await all[1]).ShouldBe(CommitReceipt.Stored.Instance);
        (await all[2]).ShouldBe(CommitReceipt.KeyReused.Instance);
        await Should.ThrowAsync<StoreRefusedException>(all[3]);
        (await all[4]).ShouldBe(CommitReceipt.Stored.Instance);
    }

    private Task<GroupCommitter> StartAsync(out TaskCompletionSource open)
    {
        open = new();
        store.Open = open.Task;
        var committer = new GroupCommitter(store, new SilentDoorbell(), new());
        return StartAsync(committer);
    }

    private static async Task<GroupCommitter> StartAsync(GroupCommitter committer)
    {
        await committer.StartAsync(TestContext.Current.CancellationToken);
        return committer;
    }

    private static Submission Submission(string? key = null, byte body = 1)
    {
        byte[] report = [4, 0x22, 2, 0x28, 1];
        return new(null, [new("gnss", report, [new(report.Length, 0)])], key is null ? null : new(key, new[] { body }, new byte[1]));
    }
}
