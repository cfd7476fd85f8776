namespace Compat.Servers;

/// <summary>What a server program is told.</summary>
/// <param name="Folder">Its data.</param>
/// <param name="IsKept">Whether the folder outlives the application.</param>
/// <param name="Ports">The port of each endpoint by name.</param>
/// <param name="FreePort">A further port.</param>
/// <param name="Arguments">What the application's description adds.</param>
/// <param name="Hear">Takes a line for the console log.</param>
internal sealed record ServerContext(string Folder, bool IsKept, IReadOnlyDictionary<string, int> Ports, Func<int> FreePort, IReadOnlyList<string> Arguments, Action<string> Hear)
{
    /// <summary>The name of the endpoint that every server has.</summary>
    public const string Primary = "tcp";

    /// <summary>The name of the endpoint of RabbitMQ's management.</summary>
    public const string Management = "management";
}
