using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <remarks>Called behind the opening brace.</remarks>
internal static class CellJson
{
    public static void Write(ref JsonOutput json, CellTower cell)
    {
        var first = true;
        if (EnumWords.Of(cell.RadioType) is { IsEmpty: false } word)
            json.Word(",\"radioType\":"u8, word, ref first);
        if (cell.HasMobileCountryCode)
            json.Integer(",\"mobileCountryCode\":"u8, cell.MobileCountryCode, ref first);
        if (cell.HasMobileNetworkCode)
            json.Integer(",\"mobileNetworkCode\":"u8, cell.MobileNetworkCode, ref first);
        if (cell.HasLocationAreaCode)
            json.Integer(",\"locationAreaCode\":"u8, cell.LocationAreaCode, ref first);
        if (cell.HasCellId)
            json.Integer(",\"cellId\":"u8, cell.CellId, ref first);
        if (cell.HasAgeMilliseconds)
            json.Integer(",\"age\":"u8, cell.AgeMilliseconds, ref first);
        if (cell.HasAsu)
            json.Integer(",\"asu\":"u8, cell.Asu, ref first);
        if (cell.HasPrimaryScramblingCode)
            json.Integer(",\"primaryScramblingCode\":"u8, cell.PrimaryScramblingCode, ref first);
        if (cell.HasServing)
            json.Integer(",\"serving\":"u8, cell.Serving, ref first);
        if (cell.HasSignalStrengthDbm)
            json.Integer(",\"signalStrength\":"u8, cell.SignalStrengthDbm, ref first);
        if (cell.HasTimingAdvance)
            json.Integer(",\"timingAdvance\":"u8, cell.TimingAdvance, ref first);
        if (cell.HasArfcn)
            json.Integer(",\"arfcn\":"u8, cell.Arfcn, ref first);
        if (cell.HasMobileCountryCodeString)
            json.Text(",\"mobileCountryCodeStr\":"u8, cell.MobileCountryCodeString, ref first);
        if (cell.HasMobileNetworkCodeString)
            json.Text(",\"mobileNetworkCodeStr\":"u8, cell.MobileNetworkCodeString, ref first);
        json.Raw("}"u8);
    }
}
