using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf.Collections;

namespace Exporter.Ingest.Policy;

/// <summary>
/// Takes out networks without an address and those whose owner does not want them mapped: an SSID that ends in
/// <c>_nomap</c>, contains <c>_optout</c>, or is given and empty (hidden). An absent SSID is fine.
/// </summary>
internal static class NetworkRule
{
    public const string NoMapSuffix = "_nomap";
    public const string OptOutMark = "_optout";

    public static DropReason Apply(Report report)
    {
        Keep(report.BluetoothBeacons, HasAddress);
        Keep(report.WifiAccessPoints, HasAddress);
        var addressed = report.WifiAccessPoints.Count;
        Keep(report.WifiAccessPoints, MayBeMapped);

        if (report.BluetoothBeacons.Count + report.CellTowers.Count + report.WifiAccessPoints.Count > 0)
            return DropReason.Unspecified;
        return addressed > 0 ? DropReason.Privacy : DropReason.NoNetworks;
    }

    public static bool HasAddress(BluetoothBeacon beacon) => beacon.MacAddress.Length > 0;

    public static bool HasAddress(WifiAccessPoint wifi) => wifi.MacAddress.Length > 0;

    public static bool MayBeMapped(WifiAccessPoint wifi) =>
        !wifi.HasSsid
        || (wifi.Ssid.Length > 0
            && !wifi.Ssid.EndsWith(NoMapSuffix, StringComparison.Ordinal)
            && !wifi.Ssid.Contains(OptOutMark, StringComparison.Ordinal));

    private static void Keep<T>(RepeatedField<T> networks, Func<T, bool> keeps)
    {
        var kept = 0;
        for (var i = 0; i < networks.Count; i++)
        {
            if (!keeps(networks[i]))
                continue;
            if (kept < i)
                networks[kept] = networks[i];
            kept++;
        }

        while (networks.Count > kept)
            networks.RemoveAt(networks.Count - 1);
    }
}
