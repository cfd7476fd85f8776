namespace Exporter.Aspire;

/// <summary>Waits for a condition instead of for a time.</summary>
internal static class Settled
{
    public static async Task WhenAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await condition())
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The condition did not become true.");
    }
}
