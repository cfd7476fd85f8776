using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Engine;

/// <summary>Reads what <c>docker inspect</c> tells.</summary>
internal static class DockerStatus
{
    public static ContainerStatus Read(string json)
    {
        var container = JsonNode.Parse(json)?[0] ?? throw new JsonException("'docker inspect' told nothing of the container.");
        var (state, network) = (container["State"]!, container["NetworkSettings"]!);
        return new()
        {
            State = Parse<TestcontainersStates>(state["Status"]),
            ExitCode = (long?)state["ExitCode"] ?? 0,
            Health = state["Health"] is { } health ? Parse<TestcontainersHealthStatus>(health["Status"]) : TestcontainersHealthStatus.None,
            FailingStreak = (long?)state["Health"]?["FailingStreak"] ?? 0,
            IpAddress = (string?)network["IPAddress"] ?? "",
            MacAddress = (string?)network["MacAddress"] ?? "",
            Ports = Ports(network["Ports"] as JsonObject ?? []),
        };
    }

    private static Dictionary<ushort, ushort> Ports(JsonObject ports) => ports
        .Where(known => known.Value is JsonArray { Count: > 0 })
        .ToDictionary(known => ProgramLimits.PortOf(known.Key), known => ushort.Parse((string)known.Value![0]!["HostPort"]!, CultureInfo.InvariantCulture));

    // A word that is new to us, such as 'removing', is nothing that anybody waits for.
    private static T Parse<T>(JsonNode? word)
        where T : struct, Enum => Enum.TryParse<T>((string?)word, ignoreCase: true, out var known) ? known : default;
}
