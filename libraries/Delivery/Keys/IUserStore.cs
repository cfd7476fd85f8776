namespace Exporter.Delivery.Keys;

/// <summary>Where one process keeps its estimates of users over a restart. What was noted since the last save is lost with a crash.</summary>
public interface IUserStore
{
    /// <summary>The sketches of a day and of those after it.</summary>
    Task<IReadOnlyList<UserSketch>> LoadAsync(DateOnly first, CancellationToken cancel);

    /// <summary>Replaces the sketches named and forgets those of days before the first, in one transaction.</summary>
    Task SaveAsync(IReadOnlyList<UserSketch> sketches, DateOnly first, CancellationToken cancel);
}
