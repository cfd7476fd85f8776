using System.Collections.Concurrent;
using StackExchange.Redis;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>
/// Estimates over all instances, by Redis' HyperLogLog. An address goes to Redis once a day from each instance, in batches
/// once a second; what does not fit in memory is forgotten, or sent again.
/// </summary>
internal sealed class SharedUserCounter(RedisLink link, TimeProvider clock) : BackgroundService, IUserCounter
{
    private const int MaxSeen = 100_000;
    private const int BatchSize = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Use, bool> seen = new();
    private readonly ConcurrentQueue<Use> unsent = new();

    public void Note(string key, ClientAddress address)
    {
        var use = new Use(key, address, Today);
        if (seen.ContainsKey(use) || unsent.Count >= MaxSeen || !seen.TryAdd(use, true))
            return;
        unsent.Enqueue(use);
    }

    public IReadOnlyList<string> KeysOfToday(int most)
    {
        var today = Today;
        return [.. seen.Where(pair => pair.Key.Day == today).Select(pair => pair.Key.Key).Distinct().Take(most)];
    }

    public async Task<long?> CountAsync(string key, int days, CancellationToken cancel)
    {
        if (!link.IsUp)
            return null;
        var today = Today;
        RedisKey[] names = [.. Enumerable.Range(0, days).Select(back => RedisNames.Users(key, today.AddDays(-back)))];
        var call = (await link.DatabaseAsync()).HyperLogLogLengthAsync(names);
        return await link.AnswersAsync(call) ? await call : null;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await SendAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await SendAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is sent by StopAsync.
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private async Task SendAsync()
    {
        if (seen.Count >= MaxSeen)
            seen.Clear();
        while (link.IsUp && !unsent.IsEmpty)
        {
            var uses = new List<Use>();
            while (uses.Count < BatchSize && unsent.TryDequeue(out var use))
                uses.Add(use);
            if (await link.AnswersAsync(WriteAsync(uses)))
                continue;

            // Whoever comes again is noted again.
            uses.ForEach(use => seen.TryRemove(use, out _));
        }
    }

    private Task<RedisResult[]> WriteAsync(List<Use> uses) => Task.WhenAll(uses.GroupBy(use => (use.Key, use.Day)).Select(group => link.RunAsync(
        RedisScripts.Note,
        RedisNames.Users(group.Key.Key, group.Key.Day),
        [IUserCounter.Days * 86_400L, .. group.Select(use => (RedisValue)BitConverter.GetBytes(use.Address.Value))])));

    private readonly record struct Use(string Key, ClientAddress Address, DateOnly Day);
}
