using Grpc.Core;

namespace Exporter.Grpc;

/// <summary>Waits for what must come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

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
            catch (Exception e) when (e is ShouldAssertException or RpcException && TimeProvider.System.GetElapsedTime(began) < Longest)
            {
                // Not yet.
            }
        }
    }
}
