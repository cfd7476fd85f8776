using System.Globalization;
using Exporter.Reports.V1;

namespace Exporter.Samples;

internal static class Beacon
{
    private const int Layout = 0x0215;

    private const string Owner = "f7826da6-4fa2-4e98-8024-bc5b71e0893e";

    public static BluetoothBeacon Heard(Place place, ref SeededRandom random, bool withSeparators)
    {
        var device = SeededRandom.For(place.City.Index, place.Row, place.Column, -1);
        var beacon = new BluetoothBeacon
        {
            MacAddress = MacText.Of(device.NextBits() & 0xFC_FF_FF_FF_FF_FF, withSeparators),
            AgeMilliseconds = random.Between(0, 5000),
            SignalStrengthDbm = random.Between(-98, -45),
        };
        if (device.Chance(0.15))
        {
            beacon.BeaconType = Layout;
            beacon.Id1 = Owner;
            beacon.Id2 = device.Between(0, 65_536).ToString(CultureInfo.InvariantCulture);
            beacon.Id3 = device.Between(0, 65_536).ToString(CultureInfo.InvariantCulture);
        }

        return beacon;
    }
}
