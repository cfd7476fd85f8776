namespace Exporter.Standalone.Boxes;

/// <summary>Waits for what must come, and says what was there instead.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks again and again until nothing is wrong.</summary>
    public static async Task AsyncOf(Func<Task> assertion)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Interval, TimeProvider.System, TestContext.Current.CancellationToken))
        {
            try
            {
                await assertion();
                return;
            }
            catch (ShouldAssertException) when (TimeProvider.System.GetElapsedTime(began) < Longest)
            {
                // Not yet.
            }
        }
    }

    public static Task Of(Action assertion) => AsyncOf(() =>
    {
        assertion();
        return Task.CompletedTask;
    });
}
