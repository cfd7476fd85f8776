using System.Buffers;

namespace Exporter.Geosubmit.Bodies;

/// <summary>Gathers what is written and passes it on in slices of one size, because gzip's bytes depend on the sizes of writes (rule O5).</summary>
/// <param name="sink">Where slices go.</param>
/// <param name="sliceBytes">Of each but the last.</param>
public sealed class SliceWriter(Stream sink, int sliceBytes) : IBufferWriter<byte>, IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * sliceBytes);
    private int written;

    /// <inheritdoc />
    public void Advance(int count) => written += count;

    /// <inheritdoc />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return buffer.AsMemory(written);
    }

    /// <inheritdoc />
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return buffer.AsSpan(written);
    }

    /// <summary>Passes on every full slice.</summary>
    public void PassFullSlices()
    {
        if (written < sliceBytes)
            return;

        var passed = 0;
        for (; written - passed >= sliceBytes; passed += sliceBytes)
            sink.Write(buffer, passed, sliceBytes);
        buffer.AsSpan(passed, written - passed).CopyTo(buffer);
        written -= passed;
    }

    /// <summary>Passes on everything; only the last slice may be short.</summary>
    public void PassAll()
    {
        PassFullSlices();
        sink.Write(buffer, 0, written);
        written = 0;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void MakeRoom(int bytes)
    {
        if (buffer.Length - written >= bytes)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, written + bytes));
        buffer.AsSpan(0, written).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
