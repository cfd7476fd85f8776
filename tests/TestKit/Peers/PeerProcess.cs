using System.Collections.Concurrent;
using System.Diagnostics;

namespace Exporter.TestKit.Peers;

/// <summary>
/// A script of another language as a process that is spoken with line by line. A script that serves ends when its standard
/// input does, so that none outlives the tests.
/// </summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private const int MostErrors = 200;
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly string script;
    private readonly ConcurrentQueue<string> errors = new();

    private PeerProcess(PeerRuntime runtime, string script, IEnumerable<string> arguments)
    {
        this.script = script;
        var start = new ProcessStartInfo(runtime.Program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(script),
        };
        foreach (var argument in arguments.Prepend(script))
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in runtime.Environment)
            start.Environment[name] = value;
        start.Environment["no_grpc_proxy"] = "127.0.0.1,localhost";
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Whether it is gone.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>What it said on standard error: the first lines.</summary>
    public IReadOnlyCollection<string> Errors => errors;

    /// <summary>Starts a script.</summary>
    /// <param name="runtime">What runs it.</param>
    /// <param name="script">Its full path.</param>
    /// <param name="arguments">What it is given.</param>
    public static PeerProcess Start(PeerRuntime runtime, string script, params IEnumerable<string> arguments) => new(runtime, script, arguments);

    /// <summary>Runs a script to its end: its exit code, and what it said on standard output.</summary>
    /// <exception cref="TimeoutException">It took longer; it is ended.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        PeerRuntime runtime, TimeSpan atMost, string script, params IEnumerable<string> arguments)
    {
        await using var peer = Start(runtime, script, arguments);
        peer.process.StandardInput.Close();
        var output = await peer.process.StandardOutput.ReadToEndAsync().WaitAsync(atMost);
        await peer.process.WaitForExitAsync().WaitAsync(atMost);
        return (peer.process.ExitCode, output, string.Join('\n', peer.Errors));
    }

    /// <summary>Says a line to it.</summary>
    public async Task WriteLineAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>The next line that it says.</summary>
    /// <exception cref="InvalidOperationException">It ended, or said nothing for so long; the message holds its last words.</exception>
    public async Task<string> ReadLineAsync(TimeSpan atMost)
    {
        using var time = new CancellationTokenSource(atMost);
        try
        {
            if (await process.StandardOutput.ReadLineAsync(time.Token) is { } line)
                return line;
            await process.WaitForExitAsync(time.Token);
            throw new InvalidOperationException($"'{script}' ended with {process.ExitCode}: {string.Join('\n', errors)}");
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"'{script}' said nothing for {atMost}: {string.Join('\n', errors)}");
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(LongestGoodbye);
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null && errors.Count < MostErrors)
            errors.Enqueue(line);
    }
}
