using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.ServiceDefaults;

/// <summary>Keeps endpoints on one listener where a process has several: by the connection itself, not by what a client says.</summary>
public static class DoorGate
{
    private static readonly object DoorKey = new();

    /// <summary>Names a listener.</summary>
    public static ListenOptions AsDoor(this ListenOptions listener, Door door)
    {
        listener.Use(next => connection =>
        {
            connection.Items[DoorKey] = door.Name;
            return next(connection);
        });
        return listener;
    }

    /// <summary>Lets the endpoints answer at these doors only; elsewhere they are 404.</summary>
    public static TBuilder AtDoor<TBuilder>(this TBuilder endpoints, params Door[] doors)
        where TBuilder : IEndpointConventionBuilder
    {
        var kept = new KeptAt([.. doors.Select(door => door.Name)]);
        endpoints.Add(endpoint => endpoint.Metadata.Add(kept));
        return endpoints;
    }

    /// <summary>Lets all of them answer at these doors only.</summary>
    public static void AtDoor(this IEnumerable<IEndpointConventionBuilder> endpoints, params Door[] doors)
    {
        foreach (var each in endpoints)
            each.AtDoor(doors);
    }

    /// <summary>Routes, enforces <see cref="AtDoor{TBuilder}"/>, and says where a service listens when it does: the one thing that a quiet one says.</summary>
    public static void UseDoors(this WebApplication app, Doors doors, string service)
    {
        app.UseRouting();
        app.UseDoorGate();
        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"{service} listens: {doors.Describe()}"));
    }

    /// <summary>Enforces <see cref="AtDoor{TBuilder}"/>.</summary>
    public static void UseDoorGate(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint || Answers(endpoint, DoorOf(context)))
            return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>Whether an endpoint answers at a door; at any, where nothing was said of it.</summary>
    internal static bool Answers(Endpoint endpoint, string? door) =>
        endpoint.Metadata.GetMetadata<KeptAt>() is not { } kept || kept.Names.Contains(door);

    /// <summary>The door that a request came in by; null where listeners have no names.</summary>
    internal static string? DoorOf(HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>() is { } connection && connection.Items.TryGetValue(DoorKey, out var door)
            ? (string?)door
            : null;

    private sealed record KeptAt(string[] Names);
}
