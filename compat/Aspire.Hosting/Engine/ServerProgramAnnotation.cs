using Aspire.Hosting.ApplicationModel;
using Compat.Servers;

namespace Aspire.Hosting.Engine;

/// <summary>Says which program can do the work of a container.</summary>
internal sealed record ServerProgramAnnotation(IServerProgram Program) : IResourceAnnotation;
