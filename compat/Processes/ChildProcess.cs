using System.Diagnostics;

namespace Compat.Processes;

/// <summary>A process of ours, in a session of its own, so that it and its children can be ended together.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    // It waits for a line before it becomes the program: by then the watchdog knows it. Without the line it ends.
    private const string WaitForLeave = """read -r _ && exec "$0" "$@" </dev/null""";
    private static readonly TimeSpan UntilItLeads = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(2);
    private readonly LaunchPlan plan;
    private readonly Watchdog watchdog;
    private readonly Process process;
    private readonly Task output;
    private readonly string mark;

    private ChildProcess(LaunchPlan plan, string program, string run, Watchdog watchdog, Action<string, bool> hear)
    {
        this.plan = plan;
        this.watchdog = watchdog;
        mark = $"{run}-{Guid.NewGuid():N}";
        process = Process.Start(StartOf(program, run))!;
        Id = process.Id;
        output = Task.WhenAll(
            LineReader.ReadAsync(process.StandardOutput, line => hear(line, false)),
            LineReader.ReadAsync(process.StandardError, line => hear(line, true)));
        Ended = EndAsync();
    }

    public int Id { get; }

    /// <summary>Completes with the exit code; 128 and the signal's number when a signal ended it.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts one; <paramref name="hear"/> takes each line, and whether it is an error's.</summary>
    /// <remarks>Throws what <see cref="Faults"/> makes when the program or its folder is missing.</remarks>
    public static ChildProcess Start(LaunchPlan plan, string run, Watchdog watchdog, Action<string, bool> hear)
    {
        var program = ProgramPath.Find(plan.Command)
            ?? throw Faults.Of($"Program '{plan.Command}' was not found. Install it, or give its path.");
        if (!Directory.Exists(plan.Folder))
            throw Faults.Of($"Folder '{plan.Folder}' in which '{plan.Command}' should run does not exist. Make it, or give another.");

        var child = new ChildProcess(plan, program, run, watchdog, hear);
        watchdog.Add(child.Id, plan);
        if (plan.Container is { } container)
            watchdog.AddContainer(container);
        child.process.StandardInput.WriteLine();
        child.process.StandardInput.Close();
        return child;
    }

    /// <summary>Asks it to stop, and kills it when it takes too long; false in that case.</summary>
    public async Task<bool> StopAsync(TimeSpan atMost, TimeProvider clock)
    {
        try
        {
            await AskAsync().WaitAsync(atMost, clock).ConfigureAwait(false);
            await Ended.WaitAsync(atMost, clock).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Sends a signal to all its processes, wherever they went.</summary>
    public void Signal(Signal signal)
    {
        foreach (var id in Leftovers.Find(Leftovers.ProcessVariable, mark))
            Signals.ToProcess(id, signal);
    }

    /// <summary>Kills what is left of it.</summary>
    public async ValueTask DisposeAsync()
    {
        Signals.ToGroup(Id, Processes.Signal.Kill);
        Leftovers.Kill(Leftovers.ProcessVariable, mark);
        await Ended.ConfigureAwait(false);
        watchdog.Drop(Id);
        await Task.WhenAny(output, Task.Delay(LongestDrain, TimeProvider.System)).ConfigureAwait(false);
        process.Dispose();
    }

    // It leads its group only a moment after it was started: a signal before that finds nobody.
    private async Task AskAsync()
    {
        while (!Ended.IsCompleted && !(plan.StopsItsChildren ? Signals.ToProcess(Id, plan.StopSignal) : Signals.ToGroup(Id, plan.StopSignal)))
            await Task.Delay(UntilItLeads, TimeProvider.System).ConfigureAwait(false);
    }

    private ProcessStartInfo StartOf(string program, string run)
    {
        var start = new ProcessStartInfo("setsid")
        {
            ArgumentList = { "/bin/sh", "-c", WaitForLeave, program },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = plan.Folder,
        };
        foreach (var argument in plan.Arguments)
            start.ArgumentList.Add(argument);
        InheritedEnvironment.Clean(start.Environment);
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        start.Environment[Leftovers.RunVariable] = run;
        start.Environment[Leftovers.ProcessVariable] = mark;
        return start;
    }

    private async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }
}
