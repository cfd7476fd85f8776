using System.Buffers;

namespace Exporter.Geosubmit.Bodies;

/// <summary>Up to one part of a body, in pooled chunks: a small body takes little memory, a large one never more than its part.</summary>
/// <param name="capacity">Bytes of a full part.</param>
public sealed class BodyPart(long capacity) : IDisposable
{
    private const int ChunkBytes = 256 * 1024;
    private readonly List<byte[]> chunks = [];

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether there is no room left.</summary>
    public bool IsFull => Length == capacity;

    /// <summary>Takes as much as there is room for; returns how much.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var taken = (int)Math.Min(bytes.Length, capacity - Length);
        for (var rest = bytes[..taken]; rest.Length > 0;)
        {
            var offset = (int)(Length % ChunkBytes);
            if (offset == 0)
                chunks.Add(ArrayPool<byte>.Shared.Rent(ChunkBytes));
            var fitting = Math.Min(rest.Length, ChunkBytes - offset);
            rest[..fitting].CopyTo(chunks[^1].AsSpan(offset));
            rest = rest[fitting..];
            Length += fitting;
        }

        return taken;
    }

    /// <summary>The longest run of bytes from an offset on; empty at the end.</summary>
    public ReadOnlyMemory<byte> From(long offset)
    {
        if (offset >= Length)
            return default;

        var within = (int)(offset % ChunkBytes);
        return chunks[(int)(offset / ChunkBytes)].AsMemory(within, (int)Math.Min(ChunkBytes - within, Length - offset));
    }

    /// <summary>Gives the chunks back.</summary>
    public void Dispose()
    {
        chunks.ForEach(chunk => ArrayPool<byte>.Shared.Return(chunk));
        chunks.Clear();
        Length = 0;
    }
}
