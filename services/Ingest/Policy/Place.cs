namespace Exporter.Ingest.Policy;

/// <summary>A field of a report, whatever a door calls it.</summary>
internal enum ReportField
{
    Latitude,
    Longitude,
    Carrier,
    Beacons,
    BeaconMac,
    BeaconName,
    BeaconId1,
    BeaconId2,
    BeaconId3,
    Cells,
    CellCountryCode,
    CellNetworkCode,
    Wifis,
    WifiMac,
    WifiRadioType,
    WifiSsid,
    WifiDistanceType,
}

/// <summary>Where in a report a fault is.</summary>
/// <param name="Field">The field.</param>
/// <param name="Index">The network's place in its list, where the field is one of a network.</param>
internal readonly record struct Place(ReportField Field, int Index = 0);
