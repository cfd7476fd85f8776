using System.Collections.Concurrent;
using System.Diagnostics;
using Exporter.TestKit.Processes;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>The process of tests/EchoTarget.</summary>
internal sealed class EchoProcess : IAsyncDisposable
{
    private const string Announcement = "Listens: ";
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly TaskCompletionSource<IReadOnlyList<Uri>> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> noise = new();

    private EchoProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        Id = process.Id;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    public int Id { get; }

    public Task<int> Ended { get; }

    public IReadOnlyCollection<string> Noise => noise;

    /// <summary>Where it takes calls, and where it tells its load.</summary>
    public IReadOnlyList<Uri> Addresses => announced.Task.Result;

    /// <exception cref="TimeoutException">It does not listen.</exception>
    public static async Task<EchoProcess> StartAsync()
    {
        var process = new EchoProcess(new(RepositoryFolder.Program("tests/EchoTarget", "Exporter.EchoTarget"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        });
        await Task.WhenAny(process.announced.Task, process.Ended).WaitAsync(LongestStart);
        return process.announced.Task.IsCompleted
            ? process
            : throw new InvalidOperationException($"EchoTarget ended before it listened: {string.Join(' ', process.noise)}");
    }

    /// <exception cref="TimeoutException">It did not stop, and was killed.</exception>
    public async Task<int> StopAsync(TimeSpan atMost)
    {
        Signals.SendTerminate(Id);
        try
        {
            return await Ended.WaitAsync(atMost);
        }
        catch (TimeoutException)
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
            process.Kill();
        await Ended;
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null && line.StartsWith(Announcement, StringComparison.Ordinal))
            announced.TrySetResult([.. line[Announcement.Length..].Split(' ').Select(each => new Uri(each))]);
        else if (line is { Length: > 0 } && noise.Count < 1_000)
            noise.Enqueue(line);
    }

    private async Task<int> EndAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
