using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

/// <summary>Every kind of report that the reader can make, with odd values more often than life has them.</summary>
internal sealed class RandomReports(int seed)
{
    private static readonly string[] Texts =
    [
        "a", "WLAN-4711", "quote\"d", "back\\slash", "\0\u0001\b\f\n\r\t\u001f", "\u007f\u0080\u2028", "\ud83d\ude00", "gr\u00fc\u00df",
        " ", "_nomap", "/", "\u4e2d\u6587", new('x', 300), new('\u20ac', 5000), new('"', 3000),
    ];

    private readonly Random random = new(seed);

    public Report Next()
    {
        var at = random.NextInt64(1_000_000_000_001, 10_000_000_000_000);
        var report = new Report { ObservedAt = new() { Seconds = at / 1000, Nanos = (int)(at % 1000) * 1_000_000 } };
        if (Often)
            report.Position = Position();
        for (var i = random.Next(4); i > 0; i--)
            report.BluetoothBeacons.Add(Beacon());
        for (var i = random.Next(4); i > 0; i--)
            report.CellTowers.Add(Cell());
        for (var i = random.Next(4); i > 0; i--)
            report.WifiAccessPoints.Add(Wifi());
        if (Often) report.Carrier = Text();
        if (Often) report.HomeMobileCountryCode = Integer();
        if (Often) report.HomeMobileNetworkCode = Integer();
        return report;
    }

    private bool Often => random.Next(2) == 0;

    private Position Position()
    {
        var position = new Position { Source = (PositionSource)random.Next(5) };
        if (Often) position.LatitudeDegrees = Number();
        if (Often) position.LongitudeDegrees = Number();
        if (Often) position.AccuracyMeters = Number();
        if (Often) position.AltitudeMeters = Number();
        if (Often) position.AltitudeAccuracyMeters = Number();
        if (Often) position.HeadingDegrees = Number();
        if (Often) position.PressureHectopascals = Number();
        if (Often) position.SpeedMetersPerSecond = Number();
        if (Often) position.AgeMilliseconds = Integer();
        return position;
    }

    private BluetoothBeacon Beacon()
    {
        var beacon = new BluetoothBeacon { MacAddress = Text() };
        if (Often) beacon.AgeMilliseconds = Integer();
        if (Often) beacon.Name = Text();
        if (Often) beacon.SignalStrengthDbm = Integer();
        if (Often) beacon.BeaconType = Integer();
        if (Often) beacon.Id1 = Text();
        if (Often) beacon.Id2 = Text();
        if (Often) beacon.Id3 = Text();
        return beacon;
    }

    private CellTower Cell()
    {
        var cell = new CellTower { RadioType = (CellRadioType)random.Next(6) };
        if (Often) cell.MobileCountryCode = Integer();
        if (Often) cell.MobileNetworkCode = Integer();
        if (Often) cell.LocationAreaCode = Integer();
        if (Often) cell.CellId = Integer();
        if (Often) cell.AgeMilliseconds = Integer();
        if (Often) cell.Asu = Integer();
        if (Often) cell.PrimaryScramblingCode = Integer();
        if (Often) cell.Serving = Integer();
        if (Often) cell.SignalStrengthDbm = Integer();
        if (Often) cell.TimingAdvance = Integer();
        if (Often) cell.Arfcn = Integer();
        if (Often) cell.MobileCountryCodeString = Text();
        if (Often) cell.MobileNetworkCodeString = Text();
        return cell;
    }

    private WifiAccessPoint Wifi()
    {
        var wifi = new WifiAccessPoint { MacAddress = Text() };
        if (Often) wifi.AgeMilliseconds = Integer();
        if (Often) wifi.Channel = Integer();
        if (Often) wifi.FrequencyMegahertz = Integer();
        if (Often) wifi.SignalStrengthDbm = Integer();
        if (Often) wifi.SignalToNoiseRatioDb = Integer();
        if (Often) wifi.RadioType = Text();
        if (Often) wifi.Ssid = Often ? Text() : "";
        if (Often) wifi.EstimatedDistance = EstimatedDistance();
        return wifi;
    }

    private EstimatedDistance EstimatedDistance()
    {
        var estimated = new EstimatedDistance();
        if (Often) estimated.DistanceMeters = Number();
        if (Often) estimated.AccuracyMeters = Number();
        if (Often) estimated.Type = Text();
        return estimated;
    }

    private string Text() => Texts[random.Next(Texts.Length)];

    private long Integer() => random.Next(6) switch
    {
        0 => 0,
        1 => random.Next(-128, 128),
        2 => long.MinValue,
        3 => long.MaxValue,
        _ => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
    };

    public double Number() => random.Next(10) switch
    {
        0 => 0,
        1 => -0.0,
        2 => double.Epsilon,
        3 => double.MaxValue,
        4 => random.Next(-1000, 1000),
        5 => Math.Round((random.NextDouble() - .5) * 360, random.Next(10)),
        6 => (random.NextDouble() - .5) * Math.Pow(10, random.Next(-8, 18)),
        7 => Math.Pow(10, random.Next(-30, 30)),
        8 => Math.BitIncrement(Math.Round((random.NextDouble() - .5) * 360, random.Next(8))),
        _ => Finite(random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private static double Finite(long bits) =>
        BitConverter.Int64BitsToDouble(bits) is var number && double.IsFinite(number) ? number : 1;
}
