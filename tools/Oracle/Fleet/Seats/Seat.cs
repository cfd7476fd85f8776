using System.Collections.Concurrent;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Clients;
using Exporter.Oracle.Kills;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Fleet.Seats;

/// <summary>A place in the fleet: when its process ends another is started, as whatever supervises services does.</summary>
internal sealed class Seat(Service service, IReadOnlyDictionary<string, string> settings, LifeBoard board, ConcurrentQueue<Finding> findings) : IAsyncDisposable
{
    private const int MostWaits = 4;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(60);
    private readonly ConcurrentBag<Life> lives = [];
    private readonly ConcurrentQueue<Stay> stays = new();
    private volatile TaskCompletionSource<Stay> listening = New();
    private volatile bool isEnding;
    private volatile KillOrder? next;
    private volatile Stay current = null!;
    private Task running = Task.CompletedTask;

    public Service Service => service;

    /// <summary>What its processes said, the first of them first.</summary>
    public IEnumerable<string> Said => stays.SelectMany(stay => stay.Process.Output.Concat(stay.Process.Errors).Select(line => $"{service.Name} {stay.Process.Id}: {line}"));

    public void Start()
    {
        current = Launch();
        running = RunAsync();
    }

    /// <summary>The process that listens; waits for one.</summary>
    public async Task<Stay> ListeningAsync(CancellationToken cancel)
    {
        while (true)
        {
            var stay = await listening.Task.WaitAsync(cancel);
            if (!stay.Process.Ended.IsCompleted)
                return stay;
            await BreatheAsync(cancel);
        }
    }

    /// <summary>Kills the process; the next one, which is returned, dies by an order.</summary>
    public async Task<Stay> ArmAsync(KillOrder order, CancellationToken cancel)
    {
        var old = await ListeningAsync(cancel);
        next = order;
        await old.KillAsync();
        return await FollowerOfAsync(old, cancel);
    }

    /// <summary>Waits until a process listens, or has ended before it did.</summary>
    public Task ListensOrEndedAsync(Stay stay, CancellationToken cancel) => Task.WhenAny(ListeningAsync(cancel), stay.Process.Ended);

    /// <summary>SIGTERM, and another process in its place.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        var old = await ListeningAsync(cancel);
        try
        {
            await old.StopAsync(LongestStop);
        }
        catch (TimeoutException)
        {
            findings.Enqueue(new(FindingKind.Process, service.Name, $"It did not end within {LongestStop} of SIGTERM."));
        }

        await FollowerOfAsync(old, cancel);
        await ListeningAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        isEnding = true;
        if (current is not null)
            await current.KillAsync();
        await running;
        foreach (var life in lives)
            life.Dispose();
        foreach (var stay in stays)
            await stay.Process.DisposeAsync();
    }

    private async Task<Stay> FollowerOfAsync(Stay old, CancellationToken cancel)
    {
        while (current == old)
            await BreatheAsync(cancel);
        return current;
    }

    private static Task BreatheAsync(CancellationToken cancel) => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancel);

    private async Task RunAsync()
    {
        while (true)
        {
            await LiveAsync(current);
            if (isEnding)
                return;
            if (!current.EndedWell)
                findings.Enqueue(new(FindingKind.Process, service.Name, $"It ended with {current.Process.Ended.Result}: {string.Join(' ', current.Process.Errors)}"));
            if (listening.Task.IsCompleted)
                listening = New();
            current = Launch();
        }
    }

    private async Task LiveAsync(Stay stay)
    {
        Life? life = null;
        if (await ListensAsync(stay) && service == Service.Ingest)
        {
            lives.Add(life = new(stay.Process));
            board.Put(life);
        }

        await stay.Process.Ended;
        if (life is not null)
            board.Remove(life);
    }

    private async Task<bool> ListensAsync(Stay stay)
    {
        for (var wait = 1; ; wait++)
        {
            try
            {
                if (!await stay.Process.ListensAsync())
                    return false;
                listening.SetResult(stay);
                return true;
            }
            catch (TimeoutException) when (wait < MostWaits)
            {
                // A busy machine, or a server that is away.
            }
            catch (TimeoutException)
            {
                findings.Enqueue(new(FindingKind.Process, service.Name, $"It did not listen: {string.Join(' ', stay.Process.Output)}"));
                await stay.KillAsync();
                return false;
            }
        }
    }

    private Stay Launch()
    {
        var order = next;
        next = null;
        var own = new Dictionary<string, string>(settings);
        if (order is not null)
            own["EXPORTER_FAILPOINT"] = $"{order.Window}:{order.Pass}";
        var stay = new Stay(ServiceProcess.Launch(service.Project, own), order);
        stays.Enqueue(stay);
        return stay;
    }

    private static TaskCompletionSource<Stay> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
