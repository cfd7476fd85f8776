using System.Text;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Ingest;

/// <summary>Reports to send.</summary>
internal static class Sample
{
    public static Report Report(DateTimeOffset observedAt, int number = 0) => new()
    {
        ObservedAt = Timestamp.FromDateTimeOffset(observedAt),
        Position = new()
        {
            LatitudeDegrees = 48.2 + number * 1e-6,
            LongitudeDegrees = 16.3,
            AccuracyMeters = 12.5,
            AgeMilliseconds = 480,
            Source = PositionSource.Gnss,
        },
        WifiAccessPoints =
        {
            new WifiAccessPoint { MacAddress = $"a0b1c2{number:x6}", SignalStrengthDbm = -61, Ssid = "home", Channel = 11 },
            new WifiAccessPoint { MacAddress = $"a0b1c3{number:x6}", SignalStrengthDbm = -72, RadioType = "802.11ax" },
        },
        CellTowers =
        {
            new CellTower { RadioType = CellRadioType.Lte, MobileCountryCode = 232, MobileNetworkCode = 1, CellId = 1234567 + number },
        },
        BluetoothBeacons = { new BluetoothBeacon { MacAddress = $"b0b1c2{number:x6}", Name = "tag" } },
    };

    public static string Json(DateTimeOffset observedAt, int count = 1, string mac = "01005e901000") =>
        Items(Enumerable.Repeat(Item(observedAt, mac), count));

    public static string Items(params IEnumerable<string> items) => $$"""{"items":[{{string.Join(',', items)}}]}""";

    public static string Item(DateTimeOffset observedAt, string mac = "01005e901000", string more = "") => $$"""
        {"timestamp":{{observedAt.ToUnixTimeMilliseconds()}},"position":{"latitude":51.5,"longitude":-0.1,"source":"gps"},
        "wifiAccessPoints":[{"macAddress":"{{mac}}","signalStrength":-60}]{{more}}}
        """;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
