using StackExchange.Redis;

namespace Exporter.Ingest.Limits.Redis;

/// <summary>
/// The way to Redis. Nobody waits longer than the timeout; after a failure nobody waits at all, until a write that is tried
/// now and then succeeds.
/// </summary>
internal sealed class RedisLink(IServiceProvider services, IngestOptions options, TimeProvider clock, ILogger<RedisLink> logger)
    : BackgroundService
{
    private const int Unknown = 0;
    private const int Up = 1;
    private const int Away = 2;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ProbeKeptFor = TimeSpan.FromMinutes(1);

    private readonly LimitOptions limits = options.Limits;
    private Task<IConnectionMultiplexer>? connecting;
    private TimeSpan pause = ShortestPause;
    private long changedAt;
    private int state;

    /// <summary>Told when Redis is back after it was away.</summary>
    public event Action? CameBack;

    public bool IsUp => Volatile.Read(ref state) == Up;

    /// <summary>Adds to a count, and answers the total.</summary>
    public async Task<long> AddAsync(RedisKey name, long count, long known, TimeSpan keptFor) =>
        (long)await RunAsync(RedisScripts.Add, name, [count, known, (long)keptFor.TotalSeconds]);

    /// <summary>Runs a script on one key.</summary>
    public async Task<RedisResult> RunAsync(string script, RedisKey name, RedisValue[] values)
    {
        var database = await DatabaseAsync();
        try
        {
            return await database.ScriptEvaluateAsync(script, [name], values, CommandFlags.DemandMaster);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server forgot the script and ran nothing; now the client knows, and sends it.
            return await database.ScriptEvaluateAsync(script, [name], values, CommandFlags.DemandMaster);
        }
    }

    /// <summary>The database; waits for the connection at the start only.</summary>
    public async ValueTask<IDatabase> DatabaseAsync() => (await connecting!).GetDatabase();

    /// <summary>Whether a call succeeds within the timeout. If not, Redis counts as away.</summary>
    public async ValueTask<bool> AnswersAsync(Task call)
    {
        try
        {
            await call.WaitAsync(limits.SharedCountTimeout, clock);
            return true;
        }
        catch (Exception e)
        {
            Fail(e);
            return false;
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A client of this age blocks its thread while it connects.
        connecting = Task.Run(services.GetRequiredService<IConnectionMultiplexer>, CancellationToken.None);
        try
        {
            await connecting.WaitAsync(StartPatience, clock, cancellationToken);
        }
        catch (TimeoutException e)
        {
            Fail(e);
        }

        await ProbeAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ShortestPause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (!IsUp && clock.GetElapsedTime(Volatile.Read(ref changedAt)) >= pause)
                    await ProbeAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ProbeAsync()
    {
        if (!await AnswersAsync(AddAsync(RedisNames.Probe, 0, 0, ProbeKeptFor)))
            return;
        var before = Interlocked.Exchange(ref state, Up);
        Volatile.Write(ref changedAt, clock.GetTimestamp());
        if (before != Away)
            return;

        Log.Back(logger);
        CameBack?.Invoke();
    }

    private void Fail(Exception cause)
    {
        var before = Interlocked.Exchange(ref state, Away);
        if (before == Away)
            return;

        // What takes the probe and not the rest would come and go with every look, and be logged each time.
        var wasSteady = before == Unknown || clock.GetElapsedTime(Volatile.Read(ref changedAt)) > LongestPause;
        pause = wasSteady ? ShortestPause : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        Volatile.Write(ref changedAt, clock.GetTimestamp());
        Log.Away(logger, cause.GetType().Name, limits.RefuseWithoutSharedCounts ? "refused where they have a limit" : "limited by each instance alone", cause);
    }
}
