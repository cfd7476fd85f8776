using Compat.Servers;
using DotNet.Testcontainers.Configurations;

namespace DotNet.Testcontainers.Engine;

/// <summary>A server of this machine that can do the work of a container.</summary>
internal interface IContainerProgram
{
    /// <summary>The last part of the names of the images whose work it can do.</summary>
    string Repository { get; }

    /// <summary>The endpoint's name for each of the container's ports that it can open.</summary>
    IReadOnlyDictionary<ushort, string> Endpoints { get; }

    /// <summary>The variables of the image that it understands, or passes on.</summary>
    bool Knows(string variable);

    /// <summary>What is missing and how it is installed; null when the server is there.</summary>
    string? Missing();

    /// <summary>Readies the folder, and says how the server starts.</summary>
    Task<ContainerPlan> PrepareAsync(ContainerConfiguration configuration, ServerContext context, CancellationToken cancel);
}
