namespace Exporter.Storage.Postgres;

/// <summary>Rides out a server that is away for a moment: for what may be repeated without harm.</summary>
internal sealed class PostgresRetry(TimeSpan atMost, TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs work, and again while its faults pass and there is time.</summary>
    /// <param name="work">Is told whether it ran before, and how that ended is not known.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public async Task<T> RunAsync<T>(Func<bool, Task<T>> work, CancellationToken cancel)
    {
        var begun = clock.GetTimestamp();
        var pause = FirstPause;
        for (var isRepeat = false; ; isRepeat = true)
        {
            try
            {
                return await work(isRepeat);
            }
            catch (Exception e) when (PostgresFaults.IsBrief(e) && clock.GetElapsedTime(begun) < atMost && !cancel.IsCancellationRequested)
            {
                await Task.Delay(pause, clock, cancel);
                pause = pause + pause < LongestPause ? pause + pause : LongestPause;
            }
        }
    }
}
