using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Makes calls over a channel.</summary>
internal sealed class HttpClientCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.StartWith(request);
        return new(
            call.ReadOnlyResponseAsync(), CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.StartWith(request);
        call.ExpectNoReader();
        return new(
            new ResponseStreamReader<TRequest, TResponse>(call),
            CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStream();
        return new(
            requests, call.ReadOnlyResponseAsync(),
            CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = call.StartStream();
        return new(
            requests, new ResponseStreamReader<TRequest, TResponse>(call),
            CallFunctions.Headers, CallFunctions.Status, CallFunctions.Trailers, CallFunctions.Dispose, call);
    }
}
