namespace Exporter.Delivery.Keys;

/// <summary>Where one process keeps its request counts over a restart. Counts since the last save are lost with a crash.</summary>
public interface ILimitStore
{
    /// <summary>The counts of a day.</summary>
    Task<IReadOnlyList<RequestCount>> LoadAsync(DateOnly day, CancellationToken cancel);

    /// <summary>Replaces the counts named, in one transaction; may forget those of days before theirs.</summary>
    Task SaveAsync(IReadOnlyList<RequestCount> counts, CancellationToken cancel);
}
