using System.Text.Json;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private WifiAccessPoint ReadWifi()
    {
        var wifi = new WifiAccessPoint();
        while (NextField(names.Wifi))
        {
            switch (field.Field)
            {
                case Field.MacAddress: if (Text(out var mac)) wifi.MacAddress = mac; else wifi.ClearMacAddress(); break;
                case Field.Age: if (Integer(out var age)) wifi.AgeMilliseconds = age; else wifi.ClearAgeMilliseconds(); break;
                case Field.Channel: if (Integer(out var channel)) wifi.Channel = channel; else wifi.ClearChannel(); break;
                case Field.Frequency: if (Integer(out var mhz)) wifi.FrequencyMegahertz = mhz; else wifi.ClearFrequencyMegahertz(); break;
                case Field.SignalStrength:
                    if (Integer(out var dbm)) wifi.SignalStrengthDbm = dbm; else wifi.ClearSignalStrengthDbm();
                    break;
                case Field.SignalToNoiseRatio:
                    if (Integer(out var snr)) wifi.SignalToNoiseRatioDb = snr; else wifi.ClearSignalToNoiseRatioDb();
                    break;
                case Field.RadioType: if (Text(out var radio)) wifi.RadioType = radio; else wifi.ClearRadioType(); break;
                case Field.Ssid: if (TextOrEmpty(out var ssid)) wifi.Ssid = ssid; else wifi.ClearSsid(); break;
                default: wifi.EstimatedDistance = ReadEstimatedDistance(); break;
            }
        }

        return wifi;
    }

    private EstimatedDistance? ReadEstimatedDistance()
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var estimated = new EstimatedDistance();
        while (NextField(Vocabulary.EstimatedDistance))
        {
            switch (field.Field)
            {
                case Field.Distance:
                    if (AnyNumber(out var far)) estimated.DistanceMeters = far; else estimated.ClearDistanceMeters();
                    break;
                case Field.Accuracy:
                    if (AnyNumber(out var error)) estimated.AccuracyMeters = error; else estimated.ClearAccuracyMeters();
                    break;
                default: if (AnyText(out var type)) estimated.Type = type; else estimated.ClearType(); break;
            }
        }

        return estimated;
    }
}
