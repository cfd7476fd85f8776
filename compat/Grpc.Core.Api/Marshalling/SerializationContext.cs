using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is written to.</summary>
public abstract class SerializationContext
{
    /// <summary>Takes the whole message as an array.</summary>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Gives the writer that takes the message.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Says how long the message will be, before it is written.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends the message that was written to the writer.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
