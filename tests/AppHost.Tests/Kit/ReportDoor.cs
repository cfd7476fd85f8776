using System.Net.Http.Json;

namespace Exporter.AppHost.Tests.Kit;

/// <summary>Ingest's endpoint, as a phone uses it.</summary>
internal static class ReportDoor
{
    public static async Task SubmitAsync(Uri ingest)
    {
        using var http = new HttpClient();
        var report = new
        {
            timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            position = new { latitude = 52.5, longitude = 13.4, accuracy = 10 },
            wifiAccessPoints = new[] { new { macAddress = "00:23:45:67:89:ab", signalStrength = -60 }, new { macAddress = "00:23:45:67:89:ac", signalStrength = -61 } },
        };
        using var answer = await http.PostAsJsonAsync(new Uri(ingest, "/v2/geosubmit?key=test"), new { items = new[] { report } });
        answer.EnsureSuccessStatusCode();
    }
}
