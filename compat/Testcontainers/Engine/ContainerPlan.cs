using Compat.Processes;

namespace DotNet.Testcontainers.Engine;

/// <summary>How a program starts in a container's place.</summary>
/// <param name="Launch">The server.</param>
/// <param name="Tools">Variables with which commands find it.</param>
internal sealed record ContainerPlan(LaunchPlan Launch, IReadOnlyDictionary<string, string> Tools);
