using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Exporter.ServiceDefaults;

/// <summary>A process's listeners.</summary>
public sealed class Doors
{
    private readonly Dictionary<string, ListenOptions> listeners = [];

    /// <summary>Opens them where the settings say; <c>Kestrel:Endpoints:NAME</c> goes before <c>Exporter:NAMEPort</c>.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message lists every fault.</exception>
    public static Doors Open(WebApplicationBuilder builder, params Door[] wanted)
    {
        var problems = wanted.SelectMany(door => door.Problems(builder.Configuration)).Distinct().ToList();
        if (problems.Count > 0)
            throw new OptionsValidationException("Exporter", typeof(Door), problems);

        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = wanted.SelectMany(door => new KeyValuePair<string, string?>[]
            {
                new($"Kestrel:Endpoints:{door.Name}:Url", door.Url(builder.Configuration)),
                new($"Kestrel:Endpoints:{door.Name}:Protocols", door.Protocols),
            }),
        });
        var doors = new Doors();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            var endpoints = kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
            foreach (var door in wanted)
                endpoints.Endpoint(door.Name, endpoint => doors.listeners[door.Name] = endpoint.ListenOptions.AsDoor(door));
        });
        return doors;
    }

    /// <summary>Where a door listens, once the process has started; null when it is not open.</summary>
    public string? AddressOf(Door door) => listeners.GetValueOrDefault(door.Name)?.ToString();

    internal string Describe() => string.Join(", ", listeners.Select(listener => $"{listener.Key} {listener.Value}"));
}
