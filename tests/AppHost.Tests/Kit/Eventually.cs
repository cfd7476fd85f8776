namespace Exporter.AppHost.Tests.Kit;

internal static class Eventually
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>Tries until nothing is thrown.</summary>
    public static async Task SucceedsAsync(Func<Task> act)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (Exception) when (TimeProvider.System.GetElapsedTime(begun) < LongestWait)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Tries until it is true.</summary>
    public static Task IsTrueAsync(Func<bool> condition) => SucceedsAsync(() =>
    {
        condition().ShouldBeTrue();
        return Task.CompletedTask;
    });
}
