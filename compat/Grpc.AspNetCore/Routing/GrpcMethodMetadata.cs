using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>Tells of an endpoint which service and method it calls.</summary>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    /// <summary>The type that implements the service.</summary>
    public Type ServiceType { get; } = serviceType;

    /// <summary>The method.</summary>
    public IMethod Method { get; } = method;
}
