namespace Grpc.Core;

/// <summary>A call that ended with another status than OK.</summary>
public class RpcException : Exception
{
    /// <summary>Makes the exception of a status.</summary>
    public RpcException(Status status) : this(status, Metadata.Empty)
    {
    }

    /// <summary>Makes the exception of a status, with a message of its own.</summary>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes the exception of a status and the trailers that came or go with it.</summary>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes the exception of a status, its trailers and a message of its own.</summary>
    public RpcException(Status status, Metadata trailers, string message) : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of the status.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The trailers that came or go with the status.</summary>
    public Metadata Trailers { get; }
}
