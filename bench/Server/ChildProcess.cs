using System.Diagnostics;
using System.Globalization;

namespace Exporter.Bench.Server;

/// <summary>A process that is asked to end by SIGTERM, by its id.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    public ChildProcess(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        process = new() { StartInfo = new(program, arguments) { RedirectStandardOutput = true } };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            process.StartInfo.Environment[name] = value;
        process.OutputDataReceived += (_, output) => Take(output.Data);
        process.Start();
        process.BeginOutputReadLine();
        Id = process.Id;
    }

    public int Id { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The first line that it prints; later ones are passed on.</summary>
    public Task<string> FirstLineAsync() => firstLine.Task;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            firstLine.TrySetException(new InvalidOperationException("The process ended before it said anything."));
        else if (!firstLine.TrySetResult(line) && !line.StartsWith("info:", StringComparison.Ordinal))
            Console.WriteLine($"  > {line}");
    }
}
