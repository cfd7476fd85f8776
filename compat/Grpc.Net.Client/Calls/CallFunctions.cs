using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>The functions that a call object asks its call with; made once, not per call.</summary>
internal static class CallFunctions
{
    public static readonly Func<object, Task<Metadata>> Headers = static call => ((GrpcCall)call).GetHeadersAsync();

    public static readonly Func<object, Status> Status = static call => ((GrpcCall)call).GetStatus();

    public static readonly Func<object, Metadata> Trailers = static call => ((GrpcCall)call).GetTrailers();

    public static readonly Action<object> Dispose = static call => ((GrpcCall)call).Dispose();
}
