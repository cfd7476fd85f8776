using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Telemetry;

namespace Grpc.Net.Framing;

/// <summary>Reads frames from a pipe and hands each payload to the deserializer where it lies, without a copy.</summary>
internal sealed class FrameReader<T>(PipeReader input, Func<DeserializationContext, T> deserializer, int? maxLength)
    : DeserializationContext
    where T : class
{
    private readonly int _maxLength = maxLength ?? int.MaxValue;
    private ReadOnlySequence<byte> _payload;

    /// <summary>What unpacks compressed messages; null where the peer named no encoding.</summary>
    public ICompressionProvider? Compression { get; set; }

    /// <summary>Counts each message.</summary>
    public required CallCounters Counters { get; init; }

    public override int PayloadLength => (int)_payload.Length;

    public override byte[] PayloadAsNewBuffer() => _payload.ToArray();

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => _payload;

    /// <summary>The next message, or null after the last.</summary>
    public async ValueTask<T?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var result = await input.ReadAsync(cancel);
            if (TryTake(result, out var message))
                return message;
            if (result.IsCompleted)
                return null;
        }
    }

    /// <summary>The one message of a side that sends one, or null if it sent none; waits for the end and refuses a second.</summary>
    public async ValueTask<T?> ReadOnlyAsync(CancellationToken cancel)
    {
        var message = await ReadAsync(cancel);
        if (message is null)
            return null;
        while (true)
        {
            var result = await input.ReadAsync(cancel);
            input.AdvanceTo(result.Buffer.End);
            if (!result.Buffer.IsEmpty)
                throw new RpcException(new Status(StatusCode.Internal, "Additional data after the message received."));
            if (result.IsCompleted)
                return message;
        }
    }

    /// <summary>Gives the buffers back; nothing can be read after.</summary>
    public void Complete() => input.Complete();

    private bool TryTake(ReadResult result, out T? message)
    {
        message = null;
        var buffer = result.Buffer;
        var examined = buffer.End;
        try
        {
            if (Frame.TryTake(ref buffer, _maxLength, out var frame))
            {
                message = Deserialize(frame);
                Counters.CountReceived();
                examined = buffer.Start;
                return true;
            }
            if (result.IsCompleted && !buffer.IsEmpty)
                throw new RpcException(new Status(StatusCode.Internal, "Incomplete message."));
            return false;
        }
        finally
        {
            _payload = default;
            input.AdvanceTo(buffer.Start, examined);
        }
    }

    private T Deserialize(Frame frame)
    {
        if (!frame.IsCompressed)
            return Deserialize(frame.Payload);
        if (Compression is null)
            throw new RpcException(new Status(StatusCode.Internal, "A compressed message came without a grpc-encoding that says how."));
        using var unpacked = Unpacking.Unpack(frame.Payload, Compression, _maxLength);
        return Deserialize(new ReadOnlySequence<byte>(unpacked.Written));
    }

    private T Deserialize(ReadOnlySequence<byte> payload)
    {
        _payload = payload;
        try
        {
            return deserializer(this);
        }
        catch (Exception e)
        {
            throw new RpcException(new Status(StatusCode.Internal, "Failed to deserialize message.", e));
        }
    }
}
