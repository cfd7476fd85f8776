namespace Grpc.Core;

/// <summary>The outcome of a call, as gRPC numbers it on the wire.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,
    /// <summary>The call was cancelled, usually by its caller.</summary>
    Cancelled = 1,
    /// <summary>The cause is not known, or came without a status.</summary>
    Unknown = 2,
    /// <summary>The request is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,
    /// <summary>The deadline passed before the call ended.</summary>
    DeadlineExceeded = 4,
    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,
    /// <summary>What should be created exists already.</summary>
    AlreadyExists = 6,
    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,
    /// <summary>A quota, a limit or space is used up.</summary>
    ResourceExhausted = 8,
    /// <summary>The system is not in the state that the call needs.</summary>
    FailedPrecondition = 9,
    /// <summary>The call was aborted, usually for concurrency.</summary>
    Aborted = 10,
    /// <summary>The call went past the valid range.</summary>
    OutOfRange = 11,
    /// <summary>The method does not exist here.</summary>
    Unimplemented = 12,
    /// <summary>An invariant of the system broke.</summary>
    Internal = 13,
    /// <summary>The service can't be reached now; a retry may help.</summary>
    Unavailable = 14,
    /// <summary>Data was lost or damaged for good.</summary>
    DataLoss = 15,
    /// <summary>The caller has not shown who it is.</summary>
    Unauthenticated = 16,
}
