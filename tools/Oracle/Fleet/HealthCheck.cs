using System.Net;
using Exporter.Oracle.Checks;
using Exporter.Oracle.Fleet.Seats;

namespace Exporter.Oracle.Fleet;

/// <summary>Waits until every instance says that it is healthy again (rule T5).</summary>
internal sealed class HealthCheck(FleetHome home, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits; a finding for each that takes too long.</summary>
    public async Task<IEnumerable<Finding>> WaitAsync(CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return (await Task.WhenAll(home.Seats.Select(seat => WaitAsync(http, seat, cancel)))).OfType<Finding>();
    }

    private async Task<Finding?> WaitAsync(HttpClient http, Seat seat, CancellationToken cancel)
    {
        for (var began = clock.GetTimestamp(); ; await Task.Delay(Interval, clock, cancel))
        {
            var stay = await seat.ListeningAsync(cancel);
            var (isWell, said) = await AskAsync(http, new(stay.Process.Addresses.Http, "/health"), cancel);
            if (isWell)
                return null;
            if (clock.GetElapsedTime(began) > Longest)
                return new(FindingKind.Unhealthy, seat.Service.Name, $"After {Longest} without a fault its health is: {said}");
        }
    }

    private static async Task<(bool IsWell, string Said)> AskAsync(HttpClient http, Uri health, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(health, cancel);
            return (answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (false, e.Message);
        }
    }
}
