namespace Grpc.Core;

/// <summary>How a message is sent.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait for the next before it goes out.</summary>
    BufferHint = 1,
    /// <summary>The message is not compressed even where compression is on.</summary>
    NoCompress = 2,
}
