using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.TestKit.Batches;

/// <summary>Reports of about the size that phones send, each with an id of its own in <c>carrier</c>.</summary>
public static class TestReports
{
    private const long FirstMoment = 1_700_000_000;

    public static IEnumerable<Report> Make(int seed, int count) => Enumerable.Range(0, count).Select(i => Make(new Random(seed + i), $"r-{seed}-{i}", i));

    private static Report Make(Random random, string id, int index)
    {
        var report = new Report
        {
            ObservedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(FirstMoment + index)),
            Carrier = id,
            Position = new()
            {
                LatitudeDegrees = Math.Round(random.NextDouble() * 120 - 60, 7),
                LongitudeDegrees = Math.Round(random.NextDouble() * 300 - 150, 7),
                AccuracyMeters = Math.Round(random.NextDouble() * 50, 1),
                AltitudeMeters = Math.Round(random.NextDouble() * 800, 1),
                SpeedMetersPerSecond = Math.Round(random.NextDouble() * 30, 2),
                AgeMilliseconds = random.Next(5000),
                Source = PositionSource.Gnss,
            },
        };
        for (var i = 0; i < 10; i++)
            report.WifiAccessPoints.Add(Wifi(random));
        report.CellTowers.Add(new CellTower
        {
            RadioType = CellRadioType.Lte,
            MobileCountryCode = 262,
            MobileNetworkCode = random.Next(1, 4),
            LocationAreaCode = random.Next(1, 65535),
            CellId = random.Next(1, 1 << 28),
            SignalStrengthDbm = -random.Next(60, 120),
            PrimaryScramblingCode = random.Next(504),
            Serving = 1,
        });
        report.BluetoothBeacons.Add(new BluetoothBeacon { MacAddress = Mac(random), SignalStrengthDbm = -random.Next(40, 100), AgeMilliseconds = random.Next(5000) });
        return report;
    }

    private static WifiAccessPoint Wifi(Random random) => new()
    {
        MacAddress = Mac(random),
        AgeMilliseconds = random.Next(5000),
        Channel = random.Next(1, 14),
        FrequencyMegahertz = 2412 + 5 * random.Next(0, 12),
        SignalStrengthDbm = -random.Next(30, 95),
        Ssid = $"net {random.Next(100_000)}",
    };

    private static string Mac(Random random) => string.Join(':', Enumerable.Range(0, 6).Select(_ => random.Next(256).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
}
