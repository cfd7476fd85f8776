using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <remarks>Called behind the opening brace.</remarks>
internal static class BeaconJson
{
    public static void Write(ref JsonOutput json, BluetoothBeacon beacon)
    {
        var first = true;
        if (beacon.HasMacAddress)
            json.Text(",\"macAddress\":"u8, beacon.MacAddress, ref first);
        if (beacon.HasAgeMilliseconds)
            json.Integer(",\"age\":"u8, beacon.AgeMilliseconds, ref first);
        if (beacon.HasName)
            json.Text(",\"name\":"u8, beacon.Name, ref first);
        if (beacon.HasSignalStrengthDbm)
            json.Integer(",\"signalStrength\":"u8, beacon.SignalStrengthDbm, ref first);
        if (beacon.HasBeaconType)
            json.Integer(",\"beaconType\":"u8, beacon.BeaconType, ref first);
        if (beacon.HasId1)
            json.Text(",\"id1\":"u8, beacon.Id1, ref first);
        if (beacon.HasId2)
            json.Text(",\"id2\":"u8, beacon.Id2, ref first);
        if (beacon.HasId3)
            json.Text(",\"id3\":"u8, beacon.Id3, ref first);
        json.Raw("}"u8);
    }
}
