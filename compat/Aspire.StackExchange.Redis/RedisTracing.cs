using System.Diagnostics;
using System.Net;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Makes an activity of each command that ran under one that is recorded, by the client's profiler, a while after.</summary>
internal sealed class RedisTracing : IProfiler, IDisposable
{
    public const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";

    private const int MaxParents = 10_000;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new(SourceName);
    private readonly ConnectionMultiplexer multiplexer;
    private readonly HashSet<Activity> parents = [];
    private readonly Lock changing = new();
    private readonly ITimer timer;

    public RedisTracing(ConnectionMultiplexer multiplexer, TimeProvider clock)
    {
        this.multiplexer = multiplexer;
        multiplexer.RegisterProfiler(this);
        timer = clock.CreateTimer(_ => Drain(), null, Period, Period);
    }

    public object? GetContext()
    {
        if (!Source.HasListeners() || Activity.Current is not { Recorded: true } parent)
            return null;

        lock (changing)
        {
            if (parents.Contains(parent))
                return parent;
            if (parents.Count >= MaxParents)
                return null;
            multiplexer.BeginProfiling(parent);
            parents.Add(parent);
            return parent;
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        Drain();
    }

    private void Drain()
    {
        List<(Activity Parent, ProfiledCommandEnumerable Commands)> done;
        lock (changing)
        {
            done = [.. parents.Select(parent => (parent, multiplexer.FinishProfiling(parent)))];
            parents.Clear();
        }

        foreach (var (parent, commands) in done)
        {
            foreach (var command in commands)
                Tell(command, parent);
        }
    }

    private static void Tell(IProfiledCommand command, Activity parent)
    {
        var tags = new ActivityTagsCollection { ["db.system"] = "redis", ["db.redis.database_index"] = command.Db, ["db.statement"] = command.Command };
        if (command.EndPoint is IPEndPoint address)
            (tags["server.address"], tags["server.port"]) = (address.Address.ToString(), address.Port);
        else if (command.EndPoint is DnsEndPoint name)
            (tags["server.address"], tags["server.port"]) = (name.Host, name.Port);
        tags["db.redis.flags"] = command.Flags.ToString();

        using var activity = Source.StartActivity(command.Command, ActivityKind.Client, parent.Context, tags, startTime: command.CommandCreated);
        activity?.SetEndTime(command.CommandCreated.ToUniversalTime() + command.ElapsedTime);
    }
}
