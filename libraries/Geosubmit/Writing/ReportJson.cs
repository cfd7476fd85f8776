using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

internal static class ReportJson
{
    public static void Write(ref JsonOutput json, Report report)
    {
        json.Raw("{\"timestamp\":"u8);
        json.Integer(report.ObservedAt is { } at ? Milliseconds(at.Seconds, at.Nanos) : 0);
        if (report.Position is { } position)
        {
            json.Raw(",\"position\":{"u8);
            PositionJson.Write(ref json, position);
        }

        json.Raw(",\"bluetoothBeacons\":["u8);
        for (var i = 0; i < report.BluetoothBeacons.Count; i++)
        {
            json.Raw(i == 0 ? "{"u8 : ",{"u8);
            BeaconJson.Write(ref json, report.BluetoothBeacons[i]);
        }

        json.Raw("],\"cellTowers\":["u8);
        for (var i = 0; i < report.CellTowers.Count; i++)
        {
            json.Raw(i == 0 ? "{"u8 : ",{"u8);
            CellJson.Write(ref json, report.CellTowers[i]);
        }

        json.Raw("],\"wifiAccessPoints\":["u8);
        for (var i = 0; i < report.WifiAccessPoints.Count; i++)
        {
            json.Raw(i == 0 ? "{"u8 : ",{"u8);
            WifiJson.Write(ref json, report.WifiAccessPoints[i]);
        }

        json.Raw("]"u8);
        WriteHome(ref json, report);
        json.Raw("}"u8);
    }

    public static long Milliseconds(long seconds, int nanos) => unchecked(seconds * 1000 + nanos / 1_000_000);

    private static void WriteHome(ref JsonOutput json, Report report)
    {
        var first = false;
        if (report.HasCarrier)
            json.Text(",\"carrier\":"u8, report.Carrier, ref first);
        if (report.HasHomeMobileCountryCode)
            json.Integer(",\"homeMobileCountryCode\":"u8, report.HomeMobileCountryCode, ref first);
        if (report.HasHomeMobileNetworkCode)
            json.Integer(",\"homeMobileNetworkCode\":"u8, report.HomeMobileNetworkCode, ref first);
    }
}
