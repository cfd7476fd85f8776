using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Programs;

/// <summary>Says which program can do the work of a container.</summary>
internal sealed record ServerProgramAnnotation(IServerProgram Program) : IResourceAnnotation;
