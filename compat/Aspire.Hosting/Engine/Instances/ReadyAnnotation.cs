using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>What has to be done in the parent of a resource, once that is healthy, before the resource is there.</summary>
internal sealed record ReadyAnnotation(Func<CancellationToken, Task> MakeAsync) : IResourceAnnotation;
