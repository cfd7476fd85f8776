namespace Exporter.Storage;

/// <summary>
/// The clock of an embedded store: follows the machine's clock forwards, and goes on steadily when that is set back, so that
/// nothing due is put off by the step (rule S6).
/// </summary>
public sealed class StoreClock(TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateTimeOffset anchor = clock.GetUtcNow();
    private long anchorTimestamp = clock.GetTimestamp();

    /// <summary>The present time, UTC, never earlier than before.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
            {
                var steady = anchor + clock.GetElapsedTime(anchorTimestamp);
                var wall = clock.GetUtcNow();
                anchor = wall > steady ? wall : steady;
                anchorTimestamp = clock.GetTimestamp();
                return anchor;
            }
        }
    }
}
