namespace Grpc.Core;

/// <summary>Messages that arrive one after another.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> read.</summary>
    T Current { get; }

    /// <summary>Reads the next message; false when the other side has sent its last.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
