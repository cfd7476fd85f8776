using System.Text;
using Exporter.Reports.V1;

namespace Exporter.Ingest.Policy;

/// <summary>No string of a report is longer than 256 bytes of UTF-8.</summary>
internal static class TextRule
{
    public const int MaxBytes = 256;

    private const int MostBytesOfOneChar = 3;

    public static Place? Fault(Report report)
    {
        if (IsTooLong(report.Carrier))
            return new(ReportField.Carrier);

        for (var i = 0; i < report.BluetoothBeacons.Count; i++)
        {
            if (Fault(report.BluetoothBeacons[i]) is { } field)
                return new(field, i);
        }

        for (var i = 0; i < report.CellTowers.Count; i++)
        {
            if (Fault(report.CellTowers[i]) is { } field)
                return new(field, i);
        }

        for (var i = 0; i < report.WifiAccessPoints.Count; i++)
        {
            if (Fault(report.WifiAccessPoints[i]) is { } field)
                return new(field, i);
        }

        return null;
    }

    private static ReportField? Fault(BluetoothBeacon beacon) =>
        IsTooLong(beacon.MacAddress) ? ReportField.BeaconMac
        : IsTooLong(beacon.Name) ? ReportField.BeaconName
        : IsTooLong(beacon.Id1) ? ReportField.BeaconId1
        : IsTooLong(beacon.Id2) ? ReportField.BeaconId2
        : IsTooLong(beacon.Id3) ? ReportField.BeaconId3
        : null;

    private static ReportField? Fault(CellTower cell) =>
        IsTooLong(cell.MobileCountryCodeString) ? ReportField.CellCountryCode
        : IsTooLong(cell.MobileNetworkCodeString) ? ReportField.CellNetworkCode
        : null;

    private static ReportField? Fault(WifiAccessPoint wifi) =>
        IsTooLong(wifi.MacAddress) ? ReportField.WifiMac
        : IsTooLong(wifi.RadioType) ? ReportField.WifiRadioType
        : IsTooLong(wifi.Ssid) ? ReportField.WifiSsid
        : wifi.EstimatedDistance is { } distance && IsTooLong(distance.Type) ? ReportField.WifiDistanceType
        : null;

    private static bool IsTooLong(string text) =>
        text.Length * MostBytesOfOneChar > MaxBytes && Encoding.UTF8.GetByteCount(text) > MaxBytes;
}
