using Spectre.Console;

namespace Exporter.Cli.Sampling;

// A bar on the error stream where a person looks at it.
internal static class SampleProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int count, SampleTotals totals, Func<Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work();
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => WatchAsync(context.AddTask("Sending", maxValue: count), totals, work()));
    }

    private static async Task WatchAsync(ProgressTask bar, SampleTotals totals, Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(Interval, TimeProvider.System)) != work)
            bar.Value = totals.Sent;
        bar.Value = totals.Sent;
        await work;
    }
}
