namespace Exporter.ServiceDefaults;

/// <summary>Keeps an endpoint on one port where a process listens on several: by the connection's port, not by what a client says.</summary>
public static class PortGate
{
    /// <summary>Lets the endpoints answer on this port only; elsewhere they are 404.</summary>
    public static TBuilder OnPort<TBuilder>(this TBuilder endpoints, int port)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint => endpoint.Metadata.Add(new Port(port)));
        return endpoints;
    }

    /// <summary>Enforces <see cref="OnPort{TBuilder}"/>; goes behind routing.</summary>
    public static void UsePortGate(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Port>() is not { } port || port.Number == context.Connection.LocalPort)
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private sealed record Port(int Number);
}
