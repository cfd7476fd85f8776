using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Verdicts;

/// <summary>Sends one input and waits until it has ended, which it must within the given time.</summary>
internal sealed class InputRun(Draft draft, RawConnection connection, TimeSpan longest, TimeProvider clock)
{
    private const uint Cancel = 8;
    private const int MostChunks = 4096;

    /// <summary>How long something may come of bytes that mean who knows what; what comes later is not seen.</summary>
    private static readonly TimeSpan Curiosity = TimeSpan.FromMilliseconds(120);

    /// <summary>How long a call that is not ended is left alone before it is withdrawn.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(20);

    private readonly int streamId = connection.NextStreamId();

    private StreamRecord Record => connection.RecordOf(streamId);

    private Task AnyEnd => Task.WhenAny(Record.Ended, connection.Ended);

    public async Task<Outcome> RunAsync(CancellationToken cancel)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        time.CancelAfter(longest);
        try
        {
            if (draft.Delivery.ReadsAfter != TimeSpan.Zero)
                await RunUnreadAsync(time.Token);
            else
                await SendAsync(time.Token);
            var isLetGo = draft.Delivery.Farewell switch
            {
                Farewell.None => await EndAsync(time.Token),
                Farewell.Close => await LeaveAsync(time.Token),
                _ => Vanish(),
            };
            return Outcome.Of(draft, Record, connection, isLetGo);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(Verdict.Silent, "", $"After {longest} there was neither an answer nor an end; expected: {draft.Expect}.");
        }
    }

    /// <summary>Reads later, or never; where the server takes no more because of that, the rest is not sent.</summary>
    private async Task RunUnreadAsync(CancellationToken cancel)
    {
        connection.StopReading();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Curiosity);
        try
        {
            await SendAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested && draft.Delivery.Farewell == Farewell.Abort)
        {
            return;
        }

        if (draft.Delivery.ReadsAfter == Timeout.InfiniteTimeSpan)
            return;
        await Task.Delay(draft.Delivery.ReadsAfter, clock, cancel);
        connection.GoOnReading();
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        var delivery = draft.Delivery;
        ReadOnlyMemory<byte> bytes = draft.Encode(streamId);
        bytes = bytes[..(int)(bytes.Length * delivery.Part)];
        // What is long is not cut so small that sending it takes longer than an input may last.
        var chunk = Math.Max(delivery.ChunkBytes, bytes.Length / MostChunks);
        var next = delivery.IsHeadAtOnce ? LengthOfHead(bytes.Span) : chunk;
        while (!bytes.IsEmpty && !AnyEnd.IsCompleted)
        {
            var count = Math.Min(next, bytes.Length);
            if (!await connection.SendAsync(bytes[..count], cancel))
                return;
            bytes = bytes[count..];
            next = chunk;
            if (delivery.Pause > TimeSpan.Zero)
                await Task.WhenAny(AnyEnd, Task.Delay(delivery.Pause, clock, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits for the end; whether it was the caller who went.</summary>
    private async Task<bool> EndAsync(CancellationToken cancel)
    {
        if (draft.Expect.IsOpen)
        {
            await Task.WhenAny(AnyEnd, Task.Delay(Curiosity, clock, cancel));
            return !AnyEnd.IsCompleted && await LeaveAsync(cancel);
        }

        if (draft.Expect.MayWait)
            await Task.WhenAny(AnyEnd, Task.Delay(Courtesy, clock, cancel));
        if (draft.Expect.MayWait && !AnyEnd.IsCompleted)
            return await WithdrawAsync(cancel);
        await AnyEnd.WaitAsync(cancel);
        return false;
    }

    private async Task<bool> WithdrawAsync(CancellationToken cancel)
    {
        if (!await IsThereAsync(cancel))
            return false;
        await connection.SendAsync(WireFrame.Reset(streamId, Cancel).Encode(), cancel);
        return await IsThereAsync(cancel);
    }

    private async Task<bool> IsThereAsync(CancellationToken cancel)
    {
        var answer = await connection.PingAsync(cancel);
        await Task.WhenAny(answer, connection.Ended).WaitAsync(cancel);
        return answer.IsCompleted;
    }

    private async Task<bool> LeaveAsync(CancellationToken cancel)
    {
        connection.EndSending();
        connection.GoOnReading();
        await connection.Ended.WaitAsync(cancel);
        return true;
    }

    private bool Vanish()
    {
        connection.Abort();
        return true;
    }

    /// <summary>The frames up to the end of the header block.</summary>
    private static int LengthOfHead(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ;)
        {
            var isLast = ((FrameFlags)bytes[at + 4] & FrameFlags.EndHeaders) != 0;
            at += WireFrame.HeaderLength + (bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]);
            if (isLast)
                return at;
        }
    }
}
