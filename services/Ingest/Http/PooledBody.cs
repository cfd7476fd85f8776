using System.Buffers;

namespace Exporter.Ingest.Http;

/// <summary>A body in pooled memory that grows with what really arrives, up to a limit, and is charged to a budget.</summary>
internal sealed class PooledBody(ByteBudget budget, int most, string whatIsTooLarge) : IDisposable
{
    private const int Smallest = 4096;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private byte[] bytes = [];
    private int length;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, length);

    public int Length => length;

    public Stream OpenRead() => new MemoryStream(bytes, 0, length, writable: false);

    public void Append(ReadOnlySpan<byte> more)
    {
        while (!more.IsEmpty)
        {
            var room = Room();
            var part = Math.Min(room.Length, more.Length);
            more[..part].CopyTo(room);
            length += part;
            more = more[part..];
        }

        RefuseBeyondLimit();
    }

    /// <summary>Appends all that a stream of memory gives: decompression, transcoding.</summary>
    public void Append(Stream unpacked)
    {
        while (unpacked.Read(Room()) is > 0 and var read)
            length += read;
    }

    public void Dispose()
    {
        if (bytes.Length == 0)
            return;
        budget.Return(bytes.Length);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private Span<byte> Room()
    {
        RefuseBeyondLimit();
        if (length == bytes.Length)
            Grow();

        // One byte beyond the limit, to tell a body that fits exactly from one that does not.
        return bytes.AsSpan(length, (int)Math.Min(bytes.Length - length, (long)most + 1 - length));
    }

    private void RefuseBeyondLimit()
    {
        if (length > most)
            throw new HttpFaultException(HttpFault.TooLarge(whatIsTooLarge));
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(Smallest, bytes.Length * 2L), (long)most + 1));
        if (!budget.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            throw new HttpFaultException(HttpFault.Unavailable(RetryAfter));
        }

        bytes.AsSpan(0, length).CopyTo(larger);
        Dispose();
        bytes = larger;
    }
}
