using System.Collections.Concurrent;
using System.Diagnostics;

namespace Exporter.Clients.Runs;

/// <summary>A program that runs, with its standard input in the test's hands.</summary>
internal sealed class ClientRun : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly Task<string> output;
    private readonly ConcurrentQueue<string> complaints = new();

    private ClientRun(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What it has said so far on standard error.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public static ClientRun Start(string folder, Uri? server, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["EXPORTER_INGEST"] = server?.GetLeftPart(UriPartial.Authority);
        start.Environment["no_grpc_proxy"] = "127.0.0.1";
        return new(start);
    }

    /// <summary>Gives it lines on standard input.</summary>
    public async Task WriteAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Ends its input and waits until it is done.</summary>
    public async Task<Outcome> EndAsync()
    {
        process.StandardInput.Close();
        using var time = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        time.CancelAfter(Longest);
        try
        {
            await process.WaitForExitAsync(time.Token);
            return new(process.ExitCode, await output, string.Join('\n', complaints));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{process.StartInfo.FileName}' had not ended after {Longest}: {string.Join('\n', complaints)}");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null && complaints.Count < 1000)
            complaints.Enqueue(line);
    }
}
