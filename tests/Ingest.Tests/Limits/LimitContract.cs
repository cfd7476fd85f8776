using System.Net;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>What limits and user counts promise wherever they are kept; one Ingest alone.</summary>
public abstract class LimitContract
{
    private const string Path = "v2.geosubmit";
    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 23, 0, 10, TimeSpan.Zero);
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    /// <summary>A key that no other test uses.</summary>
    private readonly string key = $"key-{Guid.NewGuid():n}";

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(5000)]
    public async Task A_day_lets_in_its_limit_and_not_one_more_however_many_come_at_once(int limit)
    {
        await using var host = await StartAsync();
        var counter = CounterOf(host);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                var within = 0;
                for (var i = 0; i < limit / 4 + 1; i++)
                    within += await counter.CountAsync(Key(limit), Path) is LimitVerdict.Within ? 1 : 0;
                return within;
            },
            Cancel)));

        verdicts.Sum().ShouldBe(limit);
    }

    [Fact]
    public async Task Each_path_and_each_day_has_a_limit_of_its_own()
    {
        await using var host = await StartAsync();
        var counter = CounterOf(host);

        (await counter.CountAsync(Key(1), Path)).ShouldBe(LimitVerdict.Within);
        (await counter.CountAsync(Key(1), Path)).ShouldBe(LimitVerdict.Beyond);
        (await counter.CountAsync(Key(1), "grpc.stream")).ShouldBe(LimitVerdict.Within);
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await counter.CountAsync(Key(1), Path)).ShouldBe(LimitVerdict.Within);
        (await counter.CountAsync(Key(1), Path)).ShouldBe(LimitVerdict.Beyond);
    }

    [Fact]
    public async Task Requests_without_a_limit_count_when_there_is_one_later()
    {
        await using var host = await StartAsync();
        var counter = CounterOf(host);

        for (var i = 0; i < 10; i++)
            (await counter.CountAsync(Key(0), Path)).ShouldBe(LimitVerdict.Within);

        (await counter.CountAsync(Key(11), Path)).ShouldBe(LimitVerdict.Within);
        (await counter.CountAsync(Key(11), Path)).ShouldBe(LimitVerdict.Beyond);
    }

    [Fact]
    public async Task A_minute_of_an_address_has_its_limit()
    {
        await using var host = await StartAsync();
        var counter = CounterOf(host);
        var address = ClientAddress.Of(new IPAddress(Guid.NewGuid().ToByteArray()));
        var other = new ClientAddress(address.Value + 1);

        for (var i = 0; i < 3; i++)
            (await counter.CountAsync(address)).ShouldBe(LimitVerdict.Within);
        (await counter.CountAsync(address)).ShouldBe(LimitVerdict.Beyond);
        (await counter.CountAsync(other)).ShouldBe(LimitVerdict.Within);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await counter.CountAsync(address)).ShouldBe(LimitVerdict.Within);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task Users_are_told_within_a_few_percent_and_each_counts_once(int many)
    {
        await using var host = await StartAsync();
        var users = UsersOf(host);

        for (var i = 0; i < 2 * many; i++)
            users.Note(key, new((ulong)(i % many)));

        await EventuallyAsync(users, days: 1, from: many - many / 20, to: many + many / 20);
        users.KeysOfToday(10).ShouldContain(key);
    }

    [Fact]
    public async Task Users_of_several_days_are_counted_once_and_forgotten_after_eight()
    {
        await using var host = await StartAsync();
        var users = UsersOf(host);

        users.Note(key, new(1));
        users.Note(key, new(2));
        await EventuallyAsync(users, days: 1, from: 2, to: 2);
        host.Clock.Advance(TimeSpan.FromDays(1));
        users.Note(key, new(2));
        users.Note(key, new(3));

        await EventuallyAsync(users, days: 1, from: 2, to: 2);
        (await users.CountAsync(key, 7, Cancel)).ShouldBe(3);
        host.Clock.Advance(TimeSpan.FromDays(8));
        users.Note(key, new(4));
        await EventuallyAsync(users, days: IUserCounter.Days, from: 1, to: 1);
    }

    /// <summary>Adds what a test's Ingest has beyond the defaults.</summary>
    private protected abstract void Prepare(IngestHost host);

    private Task<IngestHost> StartAsync() => IngestHost.StartAsync(host =>
    {
        host.Clock.MoveTo(Evening);
        host.Settings["Ingest:Limits:RequestsPerMinutePerAddress"] = "3";
        Prepare(host);
    });

    private static ILimitCounter CounterOf(IngestHost host) => (ILimitCounter)host.Services.GetService(typeof(ILimitCounter))!;

    private static IUserCounter UsersOf(IngestHost host) => (IUserCounter)host.Services.GetService(typeof(IUserCounter))!;

    private ApiKey Key(int limit) => new(key, limit, 100, Evening);

    private async Task EventuallyAsync(IUserCounter users, int days, long from, long to)
    {
        long? count = null;
        for (var tries = 0; tries < 1000 && (count < from || count > to || count is null); tries++)
        {
            count = await users.CountAsync(key, days, Cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancel);
        }

        count!.Value.ShouldBeInRange(from, to);
    }
}
