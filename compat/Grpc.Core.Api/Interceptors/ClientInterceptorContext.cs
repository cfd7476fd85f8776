namespace Grpc.Core.Interceptors;

/// <summary>The call that a client interceptor sees.</summary>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Describes a call.</summary>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>The method to call.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>The host name to call.</summary>
    public string? Host { get; }

    /// <summary>What the caller chose.</summary>
    public CallOptions Options { get; }
}
