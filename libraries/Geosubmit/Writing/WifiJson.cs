using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <remarks>Called behind the opening brace.</remarks>
internal static class WifiJson
{
    public static void Write(ref JsonOutput json, WifiAccessPoint wifi)
    {
        var first = true;
        if (wifi.HasMacAddress)
            json.Text(",\"macAddress\":"u8, wifi.MacAddress, ref first);
        if (wifi.HasAgeMilliseconds)
            json.Integer(",\"age\":"u8, wifi.AgeMilliseconds, ref first);
        if (wifi.HasChannel)
            json.Integer(",\"channel\":"u8, wifi.Channel, ref first);
        if (wifi.HasFrequencyMegahertz)
            json.Integer(",\"frequency\":"u8, wifi.FrequencyMegahertz, ref first);
        if (wifi.HasSignalStrengthDbm)
            json.Integer(",\"signalStrength\":"u8, wifi.SignalStrengthDbm, ref first);
        if (wifi.HasSignalToNoiseRatioDb)
            json.Integer(",\"signalToNoiseRatio\":"u8, wifi.SignalToNoiseRatioDb, ref first);
        if (wifi.HasRadioType)
            json.Text(",\"radioType\":"u8, wifi.RadioType, ref first);
        if (wifi.HasSsid)
            json.Text(",\"ssid\":"u8, wifi.Ssid, ref first);
        if (wifi.EstimatedDistance is { } estimated)
        {
            json.Name(",\"estimatedDistance\":{"u8, ref first);
            EstimatedDistanceJson.Write(ref json, estimated);
        }

        json.Raw("}"u8);
    }
}
