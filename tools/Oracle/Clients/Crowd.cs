using Exporter.Oracle.Checks;
using Exporter.Oracle.Submissions;

namespace Exporter.Oracle.Clients;

/// <summary>A client of each kind: through each door, one that resends and one that never does.</summary>
internal sealed class Crowd : IDisposable
{
    private static readonly ISubmitDoor[] Doors = [new UnaryDoor(), new StreamDoor(), new HttpDoor()];
    private static readonly bool[] Characters = [true, false];
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource giveUp;
    private readonly List<(string Name, Task Run)> runs;

    /// <summary>All of them begin.</summary>
    public Crowd(RequestSupply supply, LifeBoard board, Random random, Pace pace, TimeProvider clock, CancellationToken cancel)
    {
        giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var clients =
            from door in Doors
            from resends in Characters
            select new Client(door, resends, supply, board, new Random(random.Next()), pace, clock);
        runs = [.. clients.Select(client => (client.Name, client.RunAsync(stop.Token, giveUp.Token)))];
    }

    /// <summary>Lets each end what it is at; what went wrong with any.</summary>
    /// <param name="longest">Until then all that will be resent must be acknowledged.</param>
    public async Task<IReadOnlyList<Finding>> EndAsync(TimeSpan longest)
    {
        await stop.CancelAsync();
        giveUp.CancelAfter(longest);
        return [.. (await Task.WhenAll(runs.Select(run => EndAsync(run.Name, run.Run, longest)))).OfType<Finding>()];
    }

    public void Dispose()
    {
        giveUp.Cancel();
        giveUp.Dispose();
        stop.Dispose();
    }

    private static async Task<Finding?> EndAsync(string name, Task run, TimeSpan longest)
    {
        try
        {
            await run;
            return null;
        }
        catch (OperationCanceledException)
        {
            return new(FindingKind.Answer, name, $"Not every request was acknowledged {longest} after the last fault.");
        }
        catch (Exception e)
        {
            return new(FindingKind.Answer, name, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
