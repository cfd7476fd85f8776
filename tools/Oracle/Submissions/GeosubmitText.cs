using System.Buffers;
using System.Text.Json;
using Exporter.Reports.V1;

namespace Exporter.Oracle.Submissions;

/// <summary>A report as the geosubmit v2 JSON that must come out; written apart from the product's own writer.</summary>
internal static class GeosubmitText
{
    public static byte[] Write(Report report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteNumber("timestamp", (report.ObservedAt.Seconds * 1000) + (report.ObservedAt.Nanos / 1_000_000));
        json.WriteStartObject("position");
        Position(json, report.Position);
        json.WriteEndObject();
        Array(json, "bluetoothBeacons", report.BluetoothBeacons, Beacon);
        Array(json, "cellTowers", report.CellTowers, Cell);
        Array(json, "wifiAccessPoints", report.WifiAccessPoints, Wifi);
        Text(json, "carrier", report.HasCarrier, report.Carrier);
        Whole(json, "homeMobileCountryCode", report.HasHomeMobileCountryCode, report.HomeMobileCountryCode);
        Whole(json, "homeMobileNetworkCode", report.HasHomeMobileNetworkCode, report.HomeMobileNetworkCode);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static string Word(PositionSource source) => source.ToString().ToLowerInvariant();

    private static void Position(Utf8JsonWriter json, Position position)
    {
        Real(json, "latitude", position.HasLatitudeDegrees, position.LatitudeDegrees);
        Real(json, "longitude", position.HasLongitudeDegrees, position.LongitudeDegrees);
        Real(json, "accuracy", position.HasAccuracyMeters, position.AccuracyMeters);
        Real(json, "altitude", position.HasAltitudeMeters, position.AltitudeMeters);
        Real(json, "altitudeAccuracy", position.HasAltitudeAccuracyMeters, position.AltitudeAccuracyMeters);
        Real(json, "heading", position.HasHeadingDegrees, position.HeadingDegrees);
        Real(json, "pressure", position.HasPressureHectopascals, position.PressureHectopascals);
        Real(json, "speed", position.HasSpeedMetersPerSecond, position.SpeedMetersPerSecond);
        Whole(json, "age", position.HasAgeMilliseconds, position.AgeMilliseconds);
        json.WriteString("source", Word(position.Source));
    }

    private static void Beacon(Utf8JsonWriter json, BluetoothBeacon beacon)
    {
        Text(json, "macAddress", beacon.HasMacAddress, beacon.MacAddress);
        Whole(json, "age", beacon.HasAgeMilliseconds, beacon.AgeMilliseconds);
        Text(json, "name", beacon.HasName, beacon.Name);
        Whole(json, "signalStrength", beacon.HasSignalStrengthDbm, beacon.SignalStrengthDbm);
        Whole(json, "beaconType", beacon.HasBeaconType, beacon.BeaconType);
        Text(json, "id1", beacon.HasId1, beacon.Id1);
        Text(json, "id2", beacon.HasId2, beacon.Id2);
        Text(json, "id3", beacon.HasId3, beacon.Id3);
    }

    private static void Cell(Utf8JsonWriter json, CellTower cell)
    {
        json.WriteString("radioType", cell.RadioType.ToString().ToLowerInvariant());
        Whole(json, "mobileCountryCode", cell.HasMobileCountryCode, cell.MobileCountryCode);
        Whole(json, "mobileNetworkCode", cell.HasMobileNetworkCode, cell.MobileNetworkCode);
        Whole(json, "locationAreaCode", cell.HasLocationAreaCode, cell.LocationAreaCode);
        Whole(json, "cellId", cell.HasCellId, cell.CellId);
        Whole(json, "age", cell.HasAgeMilliseconds, cell.AgeMilliseconds);
        Whole(json, "asu", cell.HasAsu, cell.Asu);
        Whole(json, "primaryScramblingCode", cell.HasPrimaryScramblingCode, cell.PrimaryScramblingCode);
        Whole(json, "serving", cell.HasServing, cell.Serving);
        Whole(json, "signalStrength", cell.HasSignalStrengthDbm, cell.SignalStrengthDbm);
        Whole(json, "timingAdvance", cell.HasTimingAdvance, cell.TimingAdvance);
        Whole(json, "arfcn", cell.HasArfcn, cell.Arfcn);
        Text(json, "mobileCountryCodeStr", cell.HasMobileCountryCodeString, cell.MobileCountryCodeString);
        Text(json, "mobileNetworkCodeStr", cell.HasMobileNetworkCodeString, cell.MobileNetworkCodeString);
    }

    private static void Wifi(Utf8JsonWriter json, WifiAccessPoint wifi)
    {
        Text(json, "macAddress", wifi.HasMacAddress, wifi.MacAddress);
        Whole(json, "age", wifi.HasAgeMilliseconds, wifi.AgeMilliseconds);
        Whole(json, "channel", wifi.HasChannel, wifi.Channel);
        Whole(json, "frequency", wifi.HasFrequencyMegahertz, wifi.FrequencyMegahertz);
        Whole(json, "signalStrength", wifi.HasSignalStrengthDbm, wifi.SignalStrengthDbm);
        Whole(json, "signalToNoiseRatio", wifi.HasSignalToNoiseRatioDb, wifi.SignalToNoiseRatioDb);
        Text(json, "radioType", wifi.HasRadioType, wifi.RadioType);
        Text(json, "ssid", wifi.HasSsid, wifi.Ssid);
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Real(Utf8JsonWriter json, string name, bool isThere, double value)
    {
        if (isThere)
            json.WriteNumber(name, value);
    }

    private static void Whole(Utf8JsonWriter json, string name, bool isThere, long value)
    {
        if (isThere)
            json.WriteNumber(name, value);
    }

    private static void Text(Utf8JsonWriter json, string name, bool isThere, string value)
    {
        if (isThere)
            json.WriteString(name, value);
    }
}
