using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Verdicts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz;

/// <summary>Sends inputs one after the other: those that leave HTTP/2 alone share a connection, the others have one each.</summary>
internal sealed class FuzzWorker(IPEndPoint server, FuzzOptions options, FuzzTally tally, ConcurrentQueue<string> findings, TimeProvider clock)
    : IAsyncDisposable
{
    private const int MostStreams = 60;
    private RawConnection? shared;

    /// <summary>Runs one input, and takes note of how it ended.</summary>
    public async Task RunAsync(Draft draft, long number, CancellationToken cancel)
    {
        Outcome outcome;
        try
        {
            outcome = draft.IsAlone ? await RunAloneAsync(draft, cancel) : await RunSharedAsync(draft, cancel);
        }
        catch (SocketException e)
        {
            outcome = new(Verdict.Closed, "", $"The server takes no connection: {e.Message}");
        }

        tally.Add(draft, outcome);
        if (outcome.Complaint is { } complaint)
            findings.Enqueue($"Input {number} ({draft.Method.Path[(draft.Method.Path.LastIndexOf('/') + 1)..]}, {string.Join(" + ", draft.Mutations)}): {complaint}");
    }

    public async ValueTask DisposeAsync() => await RetireAsync(CancellationToken.None);

    private async Task<Outcome> RunAloneAsync(Draft draft, CancellationToken cancel)
    {
        await using var connection = draft.BringsPreface
            ? await RawConnection.ConnectAsync(server, cancel)
            : await RawConnection.OpenAsync(server, draft.Delivery.Window, cancel);
        return await new InputRun(draft, connection, options.LongestInput, clock).RunAsync(cancel);
    }

    private async Task<Outcome> RunSharedAsync(Draft draft, CancellationToken cancel)
    {
        if (shared is null || shared.Ended.IsCompleted || shared.StreamCount >= MostStreams)
            await RetireAsync(cancel);
        shared ??= await RawConnection.OpenAsync(server, draft.Delivery.Window, cancel);
        return await new InputRun(draft, shared, options.LongestInput, clock).RunAsync(cancel);
    }

    /// <summary>Leaves a connection in good order, and sees whether the server lets go of it.</summary>
    private async Task RetireAsync(CancellationToken cancel)
    {
        if (shared is null)
            return;
        await using var old = shared;
        shared = null;
        old.EndSending();
        await Task.WhenAny(old.Ended, Task.Delay(options.LongestInput, clock, cancel));
        if (!old.Ended.IsCompleted)
            findings.Enqueue($"A connection was left, and the server kept it for {options.LongestInput}.");
        else if (old.Fault is { } fault)
            findings.Enqueue($"A connection that was in order ended so: {fault}");
    }
}
