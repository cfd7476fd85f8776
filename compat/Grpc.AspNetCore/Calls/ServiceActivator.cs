using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Gives the service of a call: the registered one, or one made for the call.</summary>
internal sealed class ServiceActivator<TService>
    where TService : class
{
    private readonly Lazy<ObjectFactory<TService>> _factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    public TService Activate(HttpContextServerCallContext call)
    {
        var services = call.HttpContext.RequestServices;
        if (services.GetService<TService>() is { } registered)
            return registered;
        var made = _factory.Value(services, null);
        if (made is IDisposable or IAsyncDisposable)
            call.Own(made);
        return made;
    }
}
