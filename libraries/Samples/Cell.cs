using System.Globalization;
using Exporter.Reports.V1;

namespace Exporter.Samples;

internal static class Cell
{
    private const int PlacesPerSite = 20;

    public static CellTower Heard(Place place, ref SeededRandom random, bool withCodes)
    {
        var network = random.Pick(place.City.MobileNetworkCodes);
        var networkCode = int.Parse(network, CultureInfo.InvariantCulture);
        var site = SeededRandom.For(place.City.Index, place.Row / PlacesPerSite, place.Column / PlacesPerSite, networkCode);
        var radio = RadioOf(ref site);
        var heard = new CellTower
        {
            RadioType = radio,
            MobileCountryCode = place.City.MobileCountryCode,
            MobileNetworkCode = networkCode,
            LocationAreaCode = site.Between(1, 65_000),
            CellId = IdOf(radio, ref site),
            PrimaryScramblingCode = site.Between(0, radio == CellRadioType.Nr ? 1008 : 504),
            Arfcn = site.Between(100, radio == CellRadioType.Nr ? 680_000 : 9_000),
            AgeMilliseconds = random.Between(0, 5000),
            Asu = random.Between(5, 60),
            SignalStrengthDbm = random.Between(-118, -60),
            Serving = 1,
        };
        if (withCodes)
        {
            heard.MobileCountryCodeString = place.City.MobileCountryCode.ToString(CultureInfo.InvariantCulture);
            heard.MobileNetworkCodeString = network;
        }

        return heard;
    }

    private static CellRadioType RadioOf(ref SeededRandom site) => site.NextDouble() switch
    {
        < 0.55 => CellRadioType.Lte,
        < 0.80 => CellRadioType.Nr,
        < 0.90 => CellRadioType.Wcdma,
        _ => CellRadioType.Gsm,
    };

    private static long IdOf(CellRadioType radio, ref SeededRandom site) => radio switch
    {
        CellRadioType.Nr => ((long)site.Between(1 << 19, 1 << 22) << 14) | (uint)site.Between(1, 1 << 14),
        CellRadioType.Gsm => site.Between(1, 65_000),
        _ => ((long)site.Between(1 << 12, 1 << 20) << 8) | (uint)site.Between(1, 256),
    };
}
