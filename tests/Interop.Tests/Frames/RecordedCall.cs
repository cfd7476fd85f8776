namespace Exporter.Interop.Frames;

/// <summary>What went over the wire in one call, seen from our side of it.</summary>
internal sealed class RecordedCall(string path)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Path => path;

    public FrameFlags Requests { get; } = new();

    public FrameFlags Responses { get; } = new();

    /// <summary>Completes when our server is done with the call; a client's call never says.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
