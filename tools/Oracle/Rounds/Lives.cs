using Exporter.Oracle.Checks;
using Exporter.Oracle.Clients;
using Exporter.Oracle.Destinations;
using Exporter.Oracle.Kills;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Rounds;

/// <summary>The processes of one round, one after the other on the same folder.</summary>
internal sealed class Lives(DataHome home, LifeBoard board, KillTally tally, List<Finding> findings, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>An operator's changes are logged.</summary>
    private const string SetUp = "Exporter.Router.Admin.";

    /// <summary>The partner fails on order.</summary>
    private static readonly string PartnersFaults = $"Export {ExportPlan.ToPartner.Name} ";

    private readonly List<Life> lives = [];
    private readonly List<StandaloneProcess> processes = [];

    public int Kills { get; private set; }

    /// <summary>One life that ends by the order.</summary>
    public async Task LiveAndDieAsync(KillOrder order, bool isFirst, CancellationToken cancel)
    {
        var process = Launch(order.Window is null ? null : $"{order.Window}:{order.Pass}");
        if (order.IsAtStart)
            await WaitAsync(process, order.After, cancel);
        else if (await process.ListensAsync())
            await ServeAsync(process, order, isFirst, cancel);

        var endedItself = process.Ended.IsCompleted;
        await process.KillAsync();
        Note(process, order, endedItself);
    }

    /// <summary>A life that goes on; null when it did not even begin.</summary>
    public async Task<StandaloneProcess?> LiveOnAsync()
    {
        var process = Launch(null);
        if (!await process.ListensAsync())
        {
            findings.Add(new(FindingKind.Process, "start", $"It ended with {await process.Ended} instead of listening: {string.Join(' ', process.Errors)}"));
            return null;
        }

        board.Put(Connect(process));
        return process;
    }

    /// <summary>Ends what still lives; what any of them said is a finding.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var life in lives)
            life.Dispose();
        foreach (var process in processes)
        {
            await process.DisposeAsync();
            findings.AddRange(process.Output.Concat(process.Errors)
                .Where(line => !line.Contains(SetUp, StringComparison.Ordinal) && !line.Contains(PartnersFaults, StringComparison.Ordinal))
                .Select(line => new Finding(FindingKind.Noise, $"process {process.Id}", line)));
        }
    }

    private async Task ServeAsync(StandaloneProcess process, KillOrder order, bool isFirst, CancellationToken cancel)
    {
        if (isFirst)
            await home.SetUpAsync(process, cancel);
        var life = Connect(process);
        board.Put(life);
        await WaitAsync(process, order.After, cancel);
        board.Remove(life);
    }

    private async Task WaitAsync(StandaloneProcess process, TimeSpan time, CancellationToken cancel) =>
        await Task.WhenAny(process.Ended, Task.Delay(time, clock, cancel));

    private void Note(StandaloneProcess process, KillOrder order, bool endedItself)
    {
        Kills++;
        if (process.Ended.Result != Signals.KilledExitCode || (endedItself && order.Window is null))
            findings.Add(new(FindingKind.Process, "life", $"It ended with {process.Ended.Result} under {order}: {string.Join(' ', process.Errors)}"));
        if (order.Window is null)
            tally.Random(order);
        else if (endedItself)
            tally.Hit(order);
        else
            tally.Miss(order);
    }

    private StandaloneProcess Launch(string? failpoint)
    {
        var process = home.Launch(failpoint);
        processes.Add(process);
        return process;
    }

    private Life Connect(StandaloneProcess process)
    {
        var life = new Life(process);
        lives.Add(life);
        return life;
    }
}
