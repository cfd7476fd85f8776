using Exporter.ServiceDefaults;
using Exporter.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Exporter.Standalone;

/// <summary>The three listeners: Kestrel's endpoints of these names, so that TLS is Kestrel's own configuration.</summary>
internal sealed class Doors
{
    public const string Http = nameof(Http);
    public const string Grpc = nameof(Grpc);
    public const string Admin = nameof(Admin);
    private readonly Dictionary<string, ListenOptions> listeners = [];

    public static Doors Open(WebApplicationBuilder builder)
    {
        var doors = new Doors();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            var endpoints = kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
            foreach (var door in new[] { Http, Grpc, Admin })
                endpoints.Endpoint(door, endpoint => doors.listeners[door] = endpoint.ListenOptions.AsDoor(door));
        });
        return doors;
    }

    /// <summary>The one thing a quiet system says: where it is.</summary>
    public void Announce(DataFolder folder) => Console.WriteLine(
        $"Exporter listens: HTTP {listeners[Http]}, gRPC {listeners[Grpc]}, admin {listeners[Admin]}. Data: {folder.Path}");
}
