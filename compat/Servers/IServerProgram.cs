using Compat.Processes;

namespace Compat.Servers;

/// <summary>A server of this machine that can do the work of a container.</summary>
internal interface IServerProgram
{
    /// <summary>What is missing and how it is installed; null when the server is there.</summary>
    string? Missing();

    /// <summary>Readies the folder, and says how the server starts.</summary>
    Task<LaunchPlan> PrepareAsync(ServerContext context, CancellationToken cancel);
}
