using System.Collections.Concurrent;
using System.Diagnostics;

namespace Exporter.TestKit.Processes;

/// <summary>A service as what it is: a process that can be stopped and killed.</summary>
public class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private readonly Process process;
    private readonly TaskCompletionSource<Addresses> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> errors = new();

    /// <summary>Starts it.</summary>
    protected ServiceProcess(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        Id = process.Id;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Ended = EndAsync();
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>Where it listens; only after it was announced.</summary>
    public Addresses Addresses => announced.Task.Result;

    /// <summary>Completes with the exit code.</summary>
    public Task<int> Ended { get; }

    /// <summary>What it said on standard output beside the announcement.</summary>
    public IReadOnlyCollection<string> Output => output;

    /// <summary>What it said on standard error.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>Launches a program of this repository and returns without waiting for it.</summary>
    /// <param name="project">The project's folder, such as services/Ingest.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Switches.</param>
    public static ServiceProcess Launch(string project, IReadOnlyDictionary<string, string>? settings = null, params IEnumerable<string> arguments) =>
        new(StartOf(project, settings, arguments));

    /// <summary>Launches one and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended first.</exception>
    /// <exception cref="TimeoutException">It does not listen in time; it is killed.</exception>
    public static async Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = Launch(project, settings);
        try
        {
            if (await process.ListensAsync())
                return process;
        }
        catch (TimeoutException)
        {
            await process.DisposeAsync();
            throw;
        }

        throw new InvalidOperationException($"{project} ended with {await process.Ended} before it listened: {string.Join(' ', process.Errors)}");
    }

    /// <summary>Waits until it listens; false when it ended first.</summary>
    public async Task<bool> ListensAsync() =>
        await Task.WhenAny(announced.Task, Ended).WaitAsync(LongestStart) == announced.Task;

    /// <summary>Ends it with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await Ended;
    }

    /// <summary>Asks it to stop with SIGTERM; its exit code.</summary>
    /// <exception cref="TimeoutException">It did not end in time; it is killed.</exception>
    public async Task<int> StopAsync(TimeSpan atMost)
    {
        Signals.SendTerminate(Id);
        try
        {
            return await Ended.WaitAsync(atMost);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How a program of this repository is started.</summary>
    protected static ProcessStartInfo StartOf(string project, IReadOnlyDictionary<string, string>? settings, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(RepositoryFolder.Program(project, $"Exporter.{Path.GetFileName(project)}"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Remove("EXPORTER_FAILPOINT");

        // Else the host watches its working folder with all that lies beneath for a change of appsettings.json.
        start.Environment["DOTNET_hostBuilder__reloadConfigOnChange"] = "false";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is { Length: > 0 } && lines.Count < 1000)
            lines.Enqueue(line);
    }

    private void Hear(string? line)
    {
        if (line is not null && Processes.Addresses.Parse(line) is { } addresses)
            announced.TrySetResult(addresses);
        else
            Keep(output, line);
    }

    private async Task<int> EndAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
