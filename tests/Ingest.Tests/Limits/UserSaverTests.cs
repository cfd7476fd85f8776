using System.Collections.Concurrent;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

public sealed class UserSaverTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly MemoryUserStore store = new();

    [Fact]
    public async Task Estimates_of_users_outlive_a_restart()
    {
        await using (var host = await StartAsync())
        {
            for (ulong i = 0; i < 100; i++)
                CounterOf(host).Note("key", new(i));
            await host.StopAsync();
        }

        store.Sketches.ShouldHaveSingleItem().Key.ShouldBe(("key", new DateOnly(2026, 11, 21)));
        await using (var host = await StartAsync())
        {
            for (ulong i = 50; i < 150; i++)
                CounterOf(host).Note("key", new(i));
            (await CounterOf(host).CountAsync("key", 1, CancellationToken.None))!.Value.ShouldBeInRange(145, 155);
        }
    }

    [Fact]
    public async Task Days_that_are_over_are_not_taken_up_again()
    {
        await using (var host = await StartAsync())
        {
            CounterOf(host).Note("key", new(1));
            await host.StopAsync();
        }

        await using var later = await StartAsync(Noon.AddDays(IUserCounter.Days));

        (await CounterOf(later).CountAsync("key", IUserCounter.Days, CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_store_that_keeps_none_is_logged_and_does_not_stop_the_service()
    {
        store.Fails = true;
        await using var host = await StartAsync();

        CounterOf(host).Note("key", new(1));
        await host.StopAsync();

        host.Logs.Count(1203).ShouldBe(1);
        host.Logs.Count(1204).ShouldBe(1);
    }

    private Task<IngestHost> StartAsync(DateTimeOffset? at = null) => IngestHost.StartAsync(host =>
    {
        host.Clock.MoveTo(at ?? Noon);
        host.Users = store;
    });

    private static IUserCounter CounterOf(IngestHost host) => (IUserCounter)host.Services.GetService(typeof(IUserCounter))!;

    private sealed class MemoryUserStore : IUserStore
    {
        public ConcurrentDictionary<(string, DateOnly), UserSketch> Sketches { get; } = new();

        public bool Fails { get; set; }

        public Task<IReadOnlyList<UserSketch>> LoadAsync(DateOnly first, CancellationToken cancel) => Fails
            ? throw new IOException("no database")
            : Task.FromResult<IReadOnlyList<UserSketch>>([.. Sketches.Values]);

        public Task SaveAsync(IReadOnlyList<UserSketch> sketches, DateOnly first, CancellationToken cancel)
        {
            if (Fails)
                throw new IOException("no database");
            foreach (var sketch in sketches)
                Sketches[(sketch.Key, sketch.Day)] = sketch;
            return Task.CompletedTask;
        }
    }
}
