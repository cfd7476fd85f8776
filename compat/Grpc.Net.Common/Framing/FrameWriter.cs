using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Framing;

/// <summary>
/// Serializes messages as frames into a buffer. A message that says its length first goes straight there, header and payload
/// in one piece; another is collected before.
/// </summary>
internal sealed class FrameWriter(int maxLength) : SerializationContext, IBufferWriter<byte>
{
    private const int LargestContiguous = 1024 * 1024;

    private IBufferWriter<byte> _output = null!;
    private PooledBuffer? _collected;
    private ICompressionProvider? _compression;
    private CompressionLevel? _level;
    private int _declared;
    private int _written;
    private bool _headerPending;
    private bool _complete;

    /// <summary>Whether a frame was begun in the output and could not be ended, so that nothing may follow it.</summary>
    public bool IsBroken { get; private set; }

    public void CompressWith(ICompressionProvider compression, CompressionLevel? level)
    {
        _compression = compression;
        _level = level;
    }

    public void Write<T>(IBufferWriter<byte> output, T message, Action<T, SerializationContext> serializer, bool compress = true)
    {
        if (IsBroken)
            throw new InvalidOperationException("An earlier message broke off, so no other can follow it.");
        var compression = _compression;
        _output = output;
        _declared = -1;
        _written = 0;
        _headerPending = false;
        _complete = false;
        if (!compress)
            _compression = null;
        try
        {
            serializer(message, this);
            if (!_complete)
                throw new InvalidOperationException("The serializer did not complete the message.");
        }
        catch
        {
            IsBroken = _declared >= 0 && !_headerPending;
            throw;
        }
        finally
        {
            _compression = compression;
            _collected?.Dispose();
            _collected = null;
        }
    }

    public override void SetPayloadLength(int payloadLength)
    {
        CheckLength(payloadLength);
        if (_compression is not null || _collected is not null)
            return;
        _declared = payloadLength;
        _headerPending = true;
    }

    public override IBufferWriter<byte> GetBufferWriter()
    {
        if (_declared >= 0)
            return this;
        return _collected ??= new(1024);
    }

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        Complete((ReadOnlySpan<byte>)payload);
    }

    public override void Complete()
    {
        if (_declared < 0)
        {
            Complete(_collected is null ? [] : _collected.Written.Span);
            return;
        }
        if (_written != _declared)
            throw new InvalidOperationException($"The message was said to have {_declared} bytes and has {_written}.");
        if (_headerPending)
            WriteHeader(_declared, compressed: false);
        _complete = true;
    }

    void IBufferWriter<byte>.Advance(int count)
    {
        if (count == 0)
            return;
        _written += count;
        if (!_headerPending)
        {
            _output.Advance(count);
            return;
        }
        _headerPending = false;
        _output.Advance(Frame.HeaderLength + count);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        if (!_headerPending)
            return _output.GetSpan(sizeHint);
        var span = _output.GetSpan(FirstSize(sizeHint));
        Frame.WriteHeader(span, _declared, compressed: false);
        return span[Frame.HeaderLength..];
    }

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        if (!_headerPending)
            return _output.GetMemory(sizeHint);
        var memory = _output.GetMemory(FirstSize(sizeHint));
        Frame.WriteHeader(memory.Span, _declared, compressed: false);
        return memory[Frame.HeaderLength..];
    }

    private int FirstSize(int sizeHint) => Frame.HeaderLength + Math.Max(Math.Min(_declared, LargestContiguous), Math.Max(sizeHint, 1));

    private void Complete(ReadOnlySpan<byte> payload)
    {
        CheckLength(payload.Length);
        if (_compression is null || payload.IsEmpty)
        {
            WriteHeader(payload.Length, compressed: false);
            _output.Write(payload);
        }
        else
        {
            using var packed = new PooledBuffer(1024);
            using (var stream = _compression.CreateCompressionStream(new BufferStream(packed), _level))
                stream.Write(payload);
            WriteHeader(packed.Written.Length, compressed: true);
            _output.Write(packed.Written.Span);
        }
        _complete = true;
    }

    private void WriteHeader(int length, bool compressed)
    {
        Frame.WriteHeader(_output.GetSpan(Frame.HeaderLength), length, compressed);
        _output.Advance(Frame.HeaderLength);
        _headerPending = false;
    }

    private void CheckLength(int length)
    {
        if (length > maxLength)
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, "Sending message exceeds the maximum configured message size."));
    }
}
