using Exporter.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Exporter.Standalone;

/// <summary>The one thing a quiet system says: where it is.</summary>
internal static class Announcement
{
    public static void Write(WebApplication app, DataFolder folder)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Console.WriteLine($"Exporter listens: HTTP {addresses[0]}, gRPC {addresses[1]}, admin {addresses[2]}. Data: {folder.Path}");
    }
}
