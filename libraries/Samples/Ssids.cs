using System.Globalization;

namespace Exporter.Samples;

internal static class Ssids
{
    private static readonly string[] Public =
        ["eduroam", "Vodafone Hotspot", "Telekom", "Free WiFi", "WIFIonICE", "Guest", "BTWi-fi", "xfinitywifi"];

    private static readonly string[] Routers =
        ["FRITZ!Box 7590 ", "FRITZ!Box 6660 ", "WLAN-", "Vodafone-", "TP-Link_", "Livebox-", "Freebox-", "NETGEAR", "SKY", "MOVISTAR_",
            "Telia-", "UPC"];

    // Three in four are absent, as from devices that do not tell names; none asks to be left out.
    public static string? Next(ref SeededRandom random)
    {
        var share = random.NextDouble();
        if (share < 0.75)
            return null;

        if (share < 0.79)
            return random.Pick(Public);

        return random.Pick(Routers) + (random.NextBits() & 0xFFFFFF).ToString("X6", CultureInfo.InvariantCulture);
    }
}
