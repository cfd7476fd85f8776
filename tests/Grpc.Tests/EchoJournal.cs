using System.Threading.Channels;

namespace Exporter.Grpc;

/// <summary>What the echo service says of its calls to a test that waits for it.</summary>
internal sealed class EchoJournal
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _written;

    public int Written => Volatile.Read(ref _written);

    /// <summary>Completes when the test lets waiting calls go on.</summary>
    public Task Released => _release.Task;

    public void Release() => _release.TrySetResult();

    public void Say(string line) => _lines.Writer.TryWrite(line);

    public void CountWrite() => Interlocked.Increment(ref _written);

    public async Task<string> NextAsync() => await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
