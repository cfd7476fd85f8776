namespace Aspire.Hosting.Engine.Programs;

/// <summary>What a server program is told.</summary>
/// <param name="Folder">Its data.</param>
/// <param name="IsKept">Whether the folder outlives the application.</param>
/// <param name="Ports">The port of each endpoint by name.</param>
/// <param name="FreePort">A further port.</param>
/// <param name="Arguments">What the application's description adds.</param>
/// <param name="Hear">Takes a line for the console log.</param>
internal sealed record ServerContext(string Folder, bool IsKept, IReadOnlyDictionary<string, int> Ports, Func<int> FreePort, IReadOnlyList<string> Arguments, Action<string> Hear);
