using System.Buffers;
using Grpc.Core;

namespace Exporter.Ingest.Wire;

/// <summary>A request as it came, in pooled memory, so that what is wrong in it can be answered in our own words.</summary>
internal sealed class WireMessage(ReadOnlySequence<byte> payload) : IDisposable
{
    public static readonly Marshaller<WireMessage> Marshaller = Marshallers.Create<WireMessage>(
        (message, context) => context.Complete(message.Bytes.ToArray()),
        context => new(context.PayloadAsReadOnlySequence()));

    private byte[] buffer = Rent(payload);

    public int Length { get; } = (int)payload.Length;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, Length);

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private static byte[] Rent(ReadOnlySequence<byte> payload)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)payload.Length);
        payload.CopyTo(buffer);
        return buffer;
    }
}
