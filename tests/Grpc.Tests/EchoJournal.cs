using System.Threading.Channels;

namespace Exporter.Grpc;

/// <summary>What the echo service says of its calls to a test that waits for it.</summary>
internal sealed class EchoJournal
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private int _written;

    public int Written => Volatile.Read(ref _written);

    public void Say(string line) => _lines.Writer.TryWrite(line);

    public void CountWrite() => Interlocked.Increment(ref _written);

    public async Task<string> NextAsync() => await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
