namespace Exporter.Ingest.Calls;

/// <summary>
/// How much of one stream is in flight: at most 16 messages and 8 MiB, only one message while the group commit is crowded.
/// One enters at a time; a message larger than all enters alone.
/// </summary>
internal sealed class StreamWindow(Func<bool> isCrowded)
{
    public const int MaxMessages = 16;
    public const int MaxBytes = 8 * 1024 * 1024;

    private readonly Lock changing = new();
    private TaskCompletionSource? left;
    private int messages;
    private long bytes;

    public async ValueTask EnterAsync(int length, CancellationToken cancel)
    {
        while (Blocked(length) is { } next)
            await next.WaitAsync(cancel);
    }

    public void Leave(int length)
    {
        TaskCompletionSource? waiting;
        lock (changing)
        {
            messages--;
            bytes -= length;
            waiting = left;
            left = null;
        }

        waiting?.SetResult();
    }

    private Task? Blocked(int length)
    {
        lock (changing)
        {
            if (messages > 0 && (messages == MaxMessages || bytes + length > MaxBytes || isCrowded()))
                return (left = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            messages++;
            bytes += length;
            return null;
        }
    }
}
