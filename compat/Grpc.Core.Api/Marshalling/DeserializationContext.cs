using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is read from.</summary>
public abstract class DeserializationContext
{
    /// <summary>The length of the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as a new array.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The message without a copy, valid only while it is deserialized.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(PayloadAsNewBuffer());
}
