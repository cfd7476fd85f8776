using System.Collections.Concurrent;

namespace Exporter.Interop.Frames;

/// <summary>The calls that our side made or took since the journal was last cleared, in their order.</summary>
internal sealed class FrameJournal
{
    private readonly ConcurrentQueue<RecordedCall> _calls = new();

    public RecordedCall Begin(string path)
    {
        var call = new RecordedCall(path);
        _calls.Enqueue(call);
        return call;
    }

    public void Clear() => _calls.Clear();

    /// <summary>Waits until our server is done with every call, also with those that a client gave up.</summary>
    public Task EndedAsync() => Task.WhenAll(_calls.Select(call => call.Ended));

    /// <summary>For each call of a method, the flags of its requests, such as "0" or "10".</summary>
    public IReadOnlyList<string> RequestsOf(string method) => Flags(method, call => call.Requests);

    /// <summary>For each call of a method, the flags of its responses.</summary>
    public IReadOnlyList<string> ResponsesOf(string method) => Flags(method, call => call.Responses);

    private string[] Flags(string method, Func<RecordedCall, FrameFlags> side) =>
        [.. _calls.Where(call => call.Path.EndsWith($"/{method}", StringComparison.Ordinal))
            .Select(call => string.Concat(side(call).Seen.Select(compressed => compressed ? '1' : '0')))];
}
