using Exporter.Delivery.Keys;
using Exporter.Ingest.Keys;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Ingest;

public sealed class KeyCacheTests
{
    private readonly MemoryKeyStore store = new();
    private readonly ShiftedClock clock = new();

    [Theory]
    [InlineData(0, 270)]
    [InlineData(0.5, 300)]
    [InlineData(0.999, 329.9)]
    public async Task A_key_is_asked_for_once_in_about_five_minutes_known_or_not(double chance, double seconds)
    {
        var cache = Cache(chance);
        store.Put("known");

        await FindBothAsync(cache);
        clock.Advance(TimeSpan.FromSeconds(seconds - 5));
        await FindBothAsync(cache);
        store.LookUps.ShouldBe(2);
        clock.Advance(TimeSpan.FromSeconds(6));
        await FindBothAsync(cache);
        store.LookUps.ShouldBe(4);
    }

    [Fact]
    public async Task It_holds_500_keys_and_lets_unknown_ones_go_first()
    {
        var cache = Cache();
        store.Put("known");
        await FindAsync(cache, "known");

        for (var i = 0; i < 2000; i++)
            await FindAsync(cache, $"unknown-{i}");
        var before = store.LookUps;

        cache.Count.ShouldBe(500);
        (await FindAsync(cache, "known")).ShouldNotBeNull();
        store.LookUps.ShouldBe(before);
    }

    [Fact]
    public async Task An_answer_from_before_a_change_is_not_remembered()
    {
        var slow = new SlowKeyStore(store);
        var cache = new KeyCache(slow, clock, () => 0.5, NullLogger<KeyCache>.Instance);
        store.Put("some-key", samplePercent: 1);
        var early = FindAsync(cache, "some-key");
        store.Put("some-key", samplePercent: 2);
        cache.Clear();
        slow.Answer.SetResult();

        (await early)!.SubmitSamplePercent.ShouldBe(1);
        (await FindAsync(cache, "some-key"))!.SubmitSamplePercent.ShouldBe(2);
    }

    [Fact]
    public async Task While_the_store_fails_what_is_remembered_holds_on_and_nothing_is_said_of_the_rest()
    {
        var cache = Cache();
        store.Put("known", samplePercent: 7);
        await FindBothAsync(cache);
        clock.Advance(TimeSpan.FromHours(1));
        store.Failure = new IOException("no database");

        (await cache.FindAsync("known", TestContext.Current.CancellationToken)).Key!.SubmitSamplePercent.ShouldBe(7);
        (await cache.FindAsync("unknown", TestContext.Current.CancellationToken)).ShouldBe(KeyAnswer.Anonymous);
        (await cache.FindAsync("never-seen", TestContext.Current.CancellationToken)).ShouldBe(KeyAnswer.None);
        (await cache.FindAsync(null, TestContext.Current.CancellationToken)).ShouldBe(KeyAnswer.Anonymous);

        store.Failure = null;
        (await cache.FindAsync("never-seen", TestContext.Current.CancellationToken)).ShouldBe(KeyAnswer.Anonymous);
    }

    private KeyCache Cache(double chance = 0.5) => new(store, clock, () => chance, NullLogger<KeyCache>.Instance);

    private static async Task FindBothAsync(KeyCache cache)
    {
        (await FindAsync(cache, "known")).ShouldNotBeNull();
        (await FindAsync(cache, "unknown")).ShouldBeNull();
    }

    private static async Task<ApiKey?> FindAsync(KeyCache cache, string key) =>
        (await cache.FindAsync(key, TestContext.Current.CancellationToken)).Key;

    private sealed class SlowKeyStore(MemoryKeyStore store) : IApiKeyStore
    {
        public TaskCompletionSource Answer { get; } = new();

        public async Task<ApiKey?> FindAsync(string key, CancellationToken cancel)
        {
            var found = await store.FindAsync(key, cancel);
            await Answer.Task;
            return found;
        }

        public Task<IReadOnlyList<ApiKey>> ListAsync(string? after, int limit, CancellationToken cancel) => store.ListAsync(after, limit, cancel);

        public Task<bool> CreateAsync(ApiKey key, CancellationToken cancel) => store.CreateAsync(key, cancel);

        public Task<bool> UpdateAsync(ApiKey key, CancellationToken cancel) => store.UpdateAsync(key, cancel);

        public Task<bool> DeleteAsync(string key, CancellationToken cancel) => store.DeleteAsync(key, cancel);

        public Task<long> ReadRevisionAsync(CancellationToken cancel) => store.ReadRevisionAsync(cancel);
    }
}
