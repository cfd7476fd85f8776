using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>How often the data is written down.</summary>
internal sealed record PersistenceAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;
