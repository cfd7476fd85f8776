using System.Diagnostics;

namespace Exporter.Bench.Load;

/// <summary>Lets a load go on at a rate, or, without one, while not more than so many reports are under way to their objects.</summary>
internal sealed class BacklogGate(int? perSecond, long mostUnderWay)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private readonly long begun = Stopwatch.GetTimestamp();
    private long most = mostUnderWay;
    private long delivered;
    private volatile bool isClosed;

    public void Note(long reports) => Interlocked.Exchange(ref delivered, reports);

    /// <summary>Lets so many more be under way.</summary>
    public void Widen(long reports) => Interlocked.Add(ref most, reports);

    public void Close() => isClosed = true;

    public async ValueTask<bool> MoreAsync(long sent)
    {
        while (!isClosed && IsAhead(sent))
            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        return !isClosed;
    }

    private bool IsAhead(long sent) => perSecond is { } rate
        ? sent > rate * Stopwatch.GetElapsedTime(begun).TotalSeconds
        : sent - Interlocked.Read(ref delivered) > Interlocked.Read(ref most);
}
