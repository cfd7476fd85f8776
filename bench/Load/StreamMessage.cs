using System.Buffers;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Exporter.Bench.Load;

/// <summary>
/// A StreamReportsRequest that is serialised once and sent many times. Each time its reports get another second of
/// observation, written over the old one, so that no report is sent twice.
/// </summary>
internal sealed class StreamMessage
{
    public static readonly Method<StreamMessage, StreamReportsResponse> Method = new(
        MethodType.DuplexStreaming,
        IngestService.Descriptor.FullName,
        "StreamReports",
        Marshallers.Create<StreamMessage>(Write, _ => throw new NotSupportedException("Only sent.")),
        Marshallers.Create<StreamReportsResponse>(
            (_, _) => throw new NotSupportedException("Only received."), context => StreamReportsResponse.Parser.ParseFrom(context.PayloadAsReadOnlySequence())));

    private const int SequenceBytes = 9;
    private const int SecondsBytes = 5;
    private readonly byte[] bytes;
    private readonly int[] secondsAt;
    private readonly long[] seconds;

    public StreamMessage(IReadOnlyList<Report> reports)
    {
        bytes = [1 << 3, .. new byte[SequenceBytes - 1], .. new StreamReportsRequest { Reports = { reports } }.ToByteArray()];

        secondsAt = new int[reports.Count];
        seconds = [.. reports.Select(report => report.ObservedAt.Seconds)];
        FindSeconds();
    }

    public int Reports => seconds.Length;

    public int Length => bytes.Length;

    public void Stamp(long sequence, int pass)
    {
        WriteVarint(bytes.AsSpan(1, SequenceBytes - 1), sequence);
        for (var i = 0; i < seconds.Length; i++)
            WriteVarint(bytes.AsSpan(secondsAt[i], SecondsBytes), seconds[i] - pass);
    }

    private static void Write(StreamMessage message, SerializationContext context)
    {
        context.SetPayloadLength(message.bytes.Length);
        context.GetBufferWriter().Write(message.bytes);
        context.Complete();
    }

    // Report.observed_at is field 1 and its seconds are field 1 of it: 0A, length, 08, then the varint.
    private void FindSeconds()
    {
        var at = SequenceBytes;
        for (var i = 0; i < secondsAt.Length; i++)
        {
            var (length, prefix) = ReadVarint(bytes.AsSpan(at + 1));
            var report = at + 1 + prefix;
            if (bytes[at] != (2 << 3 | 2) || bytes[report] != 0x0A || bytes[report + 2] != 0x08)
                throw new InvalidOperationException("A report does not begin with its time of observation.");
            secondsAt[i] = report + 3;
            at = report + (int)length;
        }
    }

    private static (long Value, int Bytes) ReadVarint(ReadOnlySpan<byte> from)
    {
        var value = 0L;
        for (var i = 0; ; i++)
        {
            value |= (long)(from[i] & 0x7F) << (7 * i);
            if (from[i] < 0x80)
                return (value, i + 1);
        }
    }

    private static void WriteVarint(Span<byte> to, long value)
    {
        for (var i = 0; i < to.Length - 1; i++, value >>= 7)
            to[i] = (byte)(value | 0x80);
        to[^1] = (byte)(value & 0x7F);
    }
}
