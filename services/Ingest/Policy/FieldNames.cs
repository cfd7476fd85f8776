using System.Collections.Frozen;
using System.Globalization;

namespace Exporter.Ingest.Policy;

/// <summary>What the clients of one door call a report's fields; <c>#</c> stands for a network's place in its list.</summary>
internal sealed class FieldNames
{
    public static readonly FieldNames GeosubmitV2 = new(new Dictionary<ReportField, string>
    {
        [ReportField.Latitude] = "position.latitude",
        [ReportField.Longitude] = "position.longitude",
        [ReportField.Carrier] = "carrier",
        [ReportField.Beacons] = "bluetoothBeacons",
        [ReportField.BeaconMac] = "bluetoothBeacons.#.macAddress",
        [ReportField.BeaconName] = "bluetoothBeacons.#.name",
        [ReportField.BeaconId1] = "bluetoothBeacons.#.id1",
        [ReportField.BeaconId2] = "bluetoothBeacons.#.id2",
        [ReportField.BeaconId3] = "bluetoothBeacons.#.id3",
        [ReportField.Cells] = "cellTowers",
        [ReportField.CellCountryCode] = "cellTowers.#.mobileCountryCodeStr",
        [ReportField.CellNetworkCode] = "cellTowers.#.mobileNetworkCodeStr",
        [ReportField.Wifis] = "wifiAccessPoints",
        [ReportField.WifiMac] = "wifiAccessPoints.#.macAddress",
        [ReportField.WifiRadioType] = "wifiAccessPoints.#.radioType",
        [ReportField.WifiSsid] = "wifiAccessPoints.#.ssid",
        [ReportField.WifiDistanceType] = "wifiAccessPoints.#.estimatedDistance.type",
    });

    public static readonly FieldNames GeosubmitV1 = GeosubmitV2.With(new()
    {
        [ReportField.Latitude] = "latitude",
        [ReportField.Longitude] = "longitude",
    });

    public static readonly FieldNames SubmitV1 = GeosubmitV2.With(new()
    {
        [ReportField.Latitude] = "lat",
        [ReportField.Longitude] = "lon",
        [ReportField.Beacons] = "blue",
        [ReportField.BeaconMac] = "blue.#.key",
        [ReportField.BeaconName] = "blue.#.name",
        [ReportField.Cells] = "cell",
        [ReportField.Wifis] = "wifi",
        [ReportField.WifiMac] = "wifi.#.key",
        [ReportField.WifiRadioType] = "wifi.#.radio",
        [ReportField.WifiSsid] = "wifi.#.ssid",
    });

    public static readonly FieldNames Grpc = GeosubmitV2.With(new()
    {
        [ReportField.Latitude] = "position.latitudeDegrees",
        [ReportField.Longitude] = "position.longitudeDegrees",
        [ReportField.CellCountryCode] = "cellTowers.#.mobileCountryCodeString",
        [ReportField.CellNetworkCode] = "cellTowers.#.mobileNetworkCodeString",
    });

    private readonly FrozenDictionary<ReportField, string> nameByField;

    private FieldNames(Dictionary<ReportField, string> names) => nameByField = names.ToFrozenDictionary();

    public string PathOf(Place place) =>
        nameByField[place.Field].Replace("#", place.Index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private FieldNames With(Dictionary<ReportField, string> others) =>
        new(nameByField.ToDictionary(pair => pair.Key, pair => others.GetValueOrDefault(pair.Key, pair.Value)));
}
