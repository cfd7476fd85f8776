namespace Grpc.Core;

/// <summary>Takes call credentials apart.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>Takes several credentials.</summary>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>Takes credentials that an interceptor adds.</summary>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}
