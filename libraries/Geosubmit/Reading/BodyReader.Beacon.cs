using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private BluetoothBeacon ReadBeacon()
    {
        var beacon = new BluetoothBeacon();
        while (NextField(names.Beacon))
        {
            switch (field.Field)
            {
                case Field.MacAddress: if (Text(out var mac)) beacon.MacAddress = mac; else beacon.ClearMacAddress(); break;
                case Field.Age: if (Integer(out var age)) beacon.AgeMilliseconds = age; else beacon.ClearAgeMilliseconds(); break;
                case Field.Name: if (Text(out var name)) beacon.Name = name; else beacon.ClearName(); break;
                case Field.SignalStrength:
                    if (Integer(out var signal)) beacon.SignalStrengthDbm = signal; else beacon.ClearSignalStrengthDbm();
                    break;
                case Field.BeaconType: if (AnyInteger(out var type)) beacon.BeaconType = type; else beacon.ClearBeaconType(); break;
                case Field.Id1: if (AnyText(out var id1)) beacon.Id1 = id1; else beacon.ClearId1(); break;
                case Field.Id2: if (AnyText(out var id2)) beacon.Id2 = id2; else beacon.ClearId2(); break;
                default: if (AnyText(out var id3)) beacon.Id3 = id3; else beacon.ClearId3(); break;
            }
        }

        return beacon;
    }
}
