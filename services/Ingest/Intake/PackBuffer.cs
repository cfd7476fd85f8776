using System.Buffers;
using System.Numerics;
using Exporter.Delivery.Blocks;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Ingest.Intake;

/// <summary>Reports of one source, length-delimited, in pooled memory.</summary>
internal sealed class PackBuffer(PositionSource source) : IDisposable
{
    private const int MaxLengthBytes = 5;

    private readonly List<ReportMark> marks = [];
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(4096);
    private int length;

    public PackedReports Packed => new(ReportSource.NameOf(source), bytes.AsMemory(0, length), marks);

    public void Add(Report report, long observedAtMilliseconds)
    {
        var size = report.CalculateSize();
        report.WriteTo(Next(size));
        marks.Add(new(length, observedAtMilliseconds));
    }

    public void Add(ReadOnlySpan<byte> report, long observedAtMilliseconds)
    {
        report.CopyTo(Next(report.Length));
        marks.Add(new(length, observedAtMilliseconds));
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private Span<byte> Next(int size)
    {
        if (bytes.Length - length < size + MaxLengthBytes)
            Grow(size + MaxLengthBytes);

        var left = (uint)size;
        while (left >= 0x80)
        {
            bytes[length++] = (byte)(left | 0x80);
            left >>= 7;
        }

        bytes[length++] = (byte)left;
        length += size;
        return bytes.AsSpan(length - size, size);
    }

    private void Grow(int room)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)BitOperations.RoundUpToPowerOf2((uint)(length + room)));
        bytes.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
