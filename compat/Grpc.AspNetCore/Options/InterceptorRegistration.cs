using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>The type of an interceptor and the arguments to make it with.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        _arguments = arguments;
        _factory = new(() => ActivatorUtilities.CreateFactory(type, [.. arguments.Select(argument => argument.GetType())]));
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>The arguments to make it with.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    internal Interceptor Resolve(IServiceProvider services, out bool isOwned)
    {
        var registered = _arguments.Length == 0 ? services.GetService(Type) : null;
        isOwned = registered is null;
        return (Interceptor)(registered ?? _factory.Value(services, _arguments));
    }
}
