using System.Net;
using Exporter.Oracle.Fuzz.Drafts;

namespace Exporter.Oracle.Fuzz.Targets;

/// <summary>A server in a process of its own, to send inputs to.</summary>
internal abstract class Target : IAsyncDisposable
{
    /// <summary>
    /// What Kestrel 10.0 says of bad peers: it stumbles over index 0 of a header block, and ends the connection as it should; it
    /// ends one whose peer asks for more than it takes; and of one in many thousand it forgets that it has ended (docs/fuzzing.md).
    /// </summary>
    private static readonly string[][] KestrelsOwn =
    [
        ["Connection processing ended abnormally", "IndexOutOfRangeException", "HPackDecoder"],
        ["exceeded the output operations maximum queue size"],
        ["application never completed"],
    ];

    public abstract IPEndPoint Endpoint { get; }

    public abstract IReadOnlyList<TargetMethod> Methods { get; }

    public abstract ProcessMemory Memory { get; }

    /// <summary>Completes with the exit code.</summary>
    public abstract Task<int> Ended { get; }

    /// <summary>What it said beside where it is; a sound one says nothing, whatever its callers do.</summary>
    public IEnumerable<string> Noise => Lines.Where(line => !KestrelsOwn.Any(own => own.All(part => line.Contains(part, StringComparison.Ordinal))));

    /// <summary>All that it said but for where it is.</summary>
    protected abstract IEnumerable<string> Lines { get; }

    /// <summary>Clients that do nothing wrong.</summary>
    public abstract IEnumerable<HealthyClient> Clients { get; }

    /// <summary>Ends the connections of its clients.</summary>
    public virtual void Leave() => OwnConnections = 0;

    /// <summary>What the server still holds beside its own clients' connections, in a sentence, or null when nothing.</summary>
    public virtual Task<string?> HeldAsync(CancellationToken cancel) => Task.FromResult(
        TcpConnections.CountAt(Endpoint.Port) is var count && count > OwnConnections ? $"{count} connections are open in place of {OwnConnections}." : null);

    /// <summary>Connections of its clients.</summary>
    protected int OwnConnections { get; private set; } = 1;

    /// <summary>Asks it to stop; its exit code.</summary>
    /// <exception cref="TimeoutException">It did not, and was killed.</exception>
    public abstract Task<int> StopAsync(TimeSpan atMost);

    public abstract ValueTask DisposeAsync();
}
