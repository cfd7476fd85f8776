using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.ServiceDefaults;

/// <summary>Keeps endpoints on one listener where a process has several: by the connection itself, not by what a client says.</summary>
public static class DoorGate
{
    private static readonly object DoorKey = new();

    /// <summary>Names a listener.</summary>
    public static ListenOptions AsDoor(this ListenOptions listener, string door)
    {
        listener.Use(next => connection =>
        {
            connection.Items[DoorKey] = door;
            return next(connection);
        });
        return listener;
    }

    /// <summary>Lets the endpoints answer at this door only; elsewhere they are 404.</summary>
    public static TBuilder AtDoor<TBuilder>(this TBuilder endpoints, string door)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint => endpoint.Metadata.Add(new Door(door)));
        return endpoints;
    }

    /// <summary>Enforces <see cref="AtDoor{TBuilder}"/>.</summary>
    public static void UseDoorGate(this WebApplication app) => app.Use(static (context, next) =>
    {
        var wanted = context.GetEndpoint()?.Metadata.GetMetadata<Door>();
        if (wanted is null || wanted.Name.Equals(DoorOf(context)))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    private static object? DoorOf(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>() is { } connection && connection.Items.TryGetValue(DoorKey, out var door) ? door : null;

    private sealed record Door(string Name);
}
