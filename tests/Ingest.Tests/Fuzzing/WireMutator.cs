using Exporter.Geosubmit;
using Exporter.Geosubmit.Fuzzing;
using Exporter.Reports.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Ingest.Fuzzing;

/// <summary>Reports as protobuf, most of them spoilt: fields changed within the contract, and bytes changed anywhere.</summary>
internal sealed class WireMutator(Random random, DateTimeOffset? now = null)
{
    private static readonly string[] Texts =
        ["", "x", "a_nomap", "b_optout", "\0", "ok", new('ü', 128), new('ü', 129), new('x', 256), new('x', 257), "\ufeff", "日本"];

    private static readonly double[] Degrees =
        [0, -0.0, 90, 90.1, -90, 180, -180.5, double.NaN, double.PositiveInfinity, double.Epsilon, 1e300, 48.2];

    private static readonly long[] Numbers = [0, 1, -1, 127, 128, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 36];

    private readonly DateTimeOffset now = now ?? DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123);
    private readonly Report[] bases = [.. ClientSample.Names.SelectMany(name => Reports(name, now ?? DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123)))];

    public byte[] Next()
    {
        var report = bases[random.Next(bases.Length)].Clone();
        for (var changes = random.Next(4); changes > 0; changes--)
            Change(report);

        var bytes = report.ToByteArray();
        for (var changes = random.Next(3) == 0 ? random.Next(1, 4) : 0; changes > 0; changes--)
            bytes = ByteChange.Apply(bytes, random);
        return random.Next(20) == 0 ? [.. bytes, .. bases[random.Next(bases.Length)].ToByteArray()] : bytes;
    }

    private void Change(Report report)
    {
        switch (random.Next(10))
        {
            case 0: report.ObservedAt = random.Next(2) == 0 ? null : new Timestamp { Seconds = Pick(Numbers), Nanos = (int)Pick(Numbers) }; break;
            case 1: report.ObservedAt = Timestamp.FromDateTimeOffset(now.AddDays(random.Next(-380, 3))); break;
            case 2: report.Position = random.Next(2) == 0 ? null : new Position { LatitudeDegrees = Pick(Degrees) }; break;
            case 3: (report.Position ??= new()).LongitudeDegrees = Pick(Degrees); break;
            case 4: (report.Position ??= new()).Source = (PositionSource)random.Next(-1, 7); break;
            case 5: report.Carrier = Pick(Texts); break;
            case 6: report.BluetoothBeacons.Add(new BluetoothBeacon { MacAddress = Pick(Texts), Id1 = Pick(Texts), BeaconType = Pick(Numbers) }); break;
            case 7: report.CellTowers.Add(new CellTower { RadioType = (CellRadioType)Pick(Numbers), CellId = Pick(Numbers) }); break;
            case 8: report.WifiAccessPoints.Add(new WifiAccessPoint { MacAddress = Pick(Texts), Ssid = Pick(Texts), Channel = Pick(Numbers) }); break;
            default: Empty(report); break;
        }
    }

    private void Empty(Report report)
    {
        if (random.Next(2) == 0)
            report.WifiAccessPoints.Clear();
        if (random.Next(2) == 0)
            report.CellTowers.Clear();
        if (random.Next(8) == 0)
            report.WifiAccessPoints.AddRange(Enumerable.Repeat(new WifiAccessPoint { MacAddress = "a" }, random.Next(990, 1010)));
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private static IEnumerable<Report> Reports(string name, DateTimeOffset now)
    {
        var version = name.EndsWith("v1", StringComparison.Ordinal) ? GeosubmitVersion.V1 : GeosubmitVersion.V2;
        var reading = GeosubmitReader.Read(ClientSample.Load(name, now).Body, version, now);
        return ((GeosubmitReading.Document)reading).Accepted.Select(accepted => accepted.Report);
    }
}
