using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Engine;

/// <summary>What was seen when a container was looked at.</summary>
internal sealed record ContainerStatus
{
    public static readonly ContainerStatus NotThere = new() { State = TestcontainersStates.Undefined, Health = TestcontainersHealthStatus.Undefined };

    public required TestcontainersStates State { get; init; }

    public TestcontainersHealthStatus Health { get; init; } = TestcontainersHealthStatus.None;

    public long FailingStreak { get; init; }

    public long ExitCode { get; init; }

    public string IpAddress { get; init; } = "";

    public string MacAddress { get; init; } = "";

    /// <summary>The port of this machine for each of its own.</summary>
    public IReadOnlyDictionary<ushort, ushort> Ports { get; init; } = new Dictionary<ushort, ushort>();
}
