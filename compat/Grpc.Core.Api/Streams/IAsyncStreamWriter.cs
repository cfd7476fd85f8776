namespace Grpc.Core;

/// <summary>Messages that are sent one after another.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Sends a message; waits while the other side is not ready to take it.</summary>
    Task WriteAsync(T message);

    /// <summary>Sends a message, and gives up waiting when cancelled.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            throw new NotSupportedException("This writer can't cancel a single write.");
        return WriteAsync(message);
    }

    /// <summary>How the following messages are sent.</summary>
    WriteOptions? WriteOptions { get; set; }
}
