namespace Exporter.Geosubmit.Reading;

/// <summary>The names that each version has for the fields of each object.</summary>
internal sealed record Vocabulary(FieldTable Report, FieldTable Position, FieldTable Beacon, FieldTable Cell, FieldTable Wifi)
{
    public static readonly FieldTable Document = new(("items", Field.Items));

    public static readonly FieldTable EstimatedDistance = new(
        ("distance", Field.Distance), ("accuracy", Field.Accuracy), ("type", Field.DistanceType));

    private static readonly (string, Field)[] Places =
    [
        ("latitude", Field.Latitude), ("longitude", Field.Longitude), ("accuracy", Field.Accuracy), ("altitude", Field.Altitude),
        ("altitudeAccuracy", Field.AltitudeAccuracy), ("age", Field.Age), ("heading", Field.Heading),
        ("pressure", Field.Pressure), ("speed", Field.Speed), ("source", Field.Source),
    ];

    private static readonly (string, Field)[] Reports =
    [
        ("timestamp", Field.Timestamp), ("carrier", Field.Carrier), ("homeMobileCountryCode", Field.HomeMobileCountryCode),
        ("homeMobileNetworkCode", Field.HomeMobileNetworkCode), ("radioType", Field.RadioType),
        ("bluetoothBeacons", Field.BluetoothBeacons), ("cellTowers", Field.CellTowers), ("wifiAccessPoints", Field.WifiAccessPoints),
    ];

    private static readonly (string, Field)[] Cells =
    [
        ("radioType", Field.RadioType), ("mobileCountryCode", Field.MobileCountryCode), ("mobileNetworkCode", Field.MobileNetworkCode),
        ("locationAreaCode", Field.LocationAreaCode), ("cellId", Field.CellId), ("age", Field.Age), ("asu", Field.Asu),
        ("serving", Field.Serving), ("signalStrength", Field.SignalStrength), ("timingAdvance", Field.TimingAdvance),
        ("arfcn", Field.Arfcn), ("mobileCountryCodeStr", Field.MobileCountryCodeString),
        ("mobileNetworkCodeStr", Field.MobileNetworkCodeString),
    ];

    private static readonly FieldTable Beacons = new(
        ("macAddress", Field.MacAddress), ("age", Field.Age), ("name", Field.Name), ("signalStrength", Field.SignalStrength),
        ("beaconType", Field.BeaconType), ("id1", Field.Id1), ("id2", Field.Id2), ("id3", Field.Id3));

    private static readonly FieldTable Wifis = new(
        ("macAddress", Field.MacAddress), ("age", Field.Age), ("channel", Field.Channel), ("frequency", Field.Frequency),
        ("signalStrength", Field.SignalStrength), ("signalToNoiseRatio", Field.SignalToNoiseRatio),
        ("radioType", Field.RadioType), ("ssid", Field.Ssid), ("estimatedDistance", Field.EstimatedDistance));

    private static readonly Vocabulary V0 = new(
        new(
            ("time", Field.Time), ("lat", Field.Latitude), ("lon", Field.Longitude), ("accuracy", Field.Accuracy),
            ("altitude", Field.Altitude), ("altitude_accuracy", Field.AltitudeAccuracy), ("age", Field.Age),
            ("heading", Field.Heading), ("pressure", Field.Pressure), ("speed", Field.Speed), ("source", Field.Source),
            ("radio", Field.RadioType), ("blue", Field.BluetoothBeacons), ("cell", Field.CellTowers), ("wifi", Field.WifiAccessPoints)),
        new(Places),
        new(("key", Field.MacAddress), ("age", Field.Age), ("name", Field.Name), ("signal", Field.SignalStrength)),
        new(
            ("radio", Field.RadioType), ("mcc", Field.MobileCountryCode), ("mnc", Field.MobileNetworkCode),
            ("lac", Field.LocationAreaCode), ("cid", Field.CellId), ("age", Field.Age), ("asu", Field.Asu),
            ("psc", Field.PrimaryScramblingCode), ("serving", Field.Serving), ("signal", Field.SignalStrength),
            ("ta", Field.TimingAdvance), ("arfcn", Field.Arfcn)),
        new(
            ("key", Field.MacAddress), ("age", Field.Age), ("channel", Field.Channel), ("frequency", Field.Frequency),
            ("radio", Field.RadioType), ("signal", Field.SignalStrength), ("signalToNoiseRatio", Field.SignalToNoiseRatio),
            ("ssid", Field.Ssid)));

    private static readonly Vocabulary V1 = new(
        new([.. Reports, .. Places]), new(Places), Beacons, new([.. Cells, ("psc", Field.PrimaryScramblingCode)]), Wifis);

    private static readonly Vocabulary V2 = new(
        new([.. Reports, ("position", Field.Position)]), new(Places), Beacons,
        new([.. Cells, ("primaryScramblingCode", Field.PrimaryScramblingCode)]), Wifis);

    public static Vocabulary Of(GeosubmitVersion version) => version switch
    {
        GeosubmitVersion.V0 => V0,
        GeosubmitVersion.V1 => V1,
        _ => V2,
    };
}
