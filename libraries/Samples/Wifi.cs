using Exporter.Reports.V1;

namespace Exporter.Samples;

internal sealed record Wifi(ulong Mac, string? Ssid, int Channel, int Frequency, string? RadioType, double Meters)
{
    private const int PerPlace = 2;

    private static readonly uint[] Vendors =
    [
        0xE48875, 0x70E0FD, 0x943DAA, 0x7CCED4, 0x0CF016, 0xCCB0B4, 0x8C7F89, 0xE8A4FE, 0x68DD0A, 0xE4720F, 0x9851D5, 0xC066B0,
        0x900950, 0x547B50, 0x0497A0, 0xF0B684, 0xAC74C4, 0x2C7D70, 0x30A724, 0xA0E070, 0x3810D4, 0x5C4979, 0xB0487A, 0x1062E4,
    ];

    private static readonly int[] Channels5 = [36, 40, 44, 48, 52, 56, 60, 64, 100, 104, 108, 112, 116, 132, 136, 140, 149, 153, 157, 161];

    private static readonly string[] RadioTypes = ["802.11n", "802.11ac", "802.11ax", "802.11be"];

    public static void AddAround(Place center, double latitude, double longitude, List<Wifi> found)
    {
        for (var row = -1; row <= 1; row++)
        for (var column = -1; column <= 1; column++)
        for (var number = 0; number < PerPlace; number++)
            found.Add(Of(center.Beside(row, column), number, latitude, longitude));
        found.Sort((one, other) => one.Meters.CompareTo(other.Meters));
    }

    public WifiAccessPoint Heard(ref SeededRandom random, bool withSeparators)
    {
        var heard = new WifiAccessPoint
        {
            MacAddress = MacText.Of(Mac, withSeparators),
            AgeMilliseconds = random.Between(0, 5000),
            Channel = Channel,
            FrequencyMegahertz = Frequency,
            SignalStrengthDbm = (int)(-38 - (22 * Math.Log10(Math.Max(Meters, 1))) - random.Between(0, 9)),
        };
        if (Ssid is not null)
            heard.Ssid = Ssid;
        if (RadioType is not null)
            heard.RadioType = RadioType;
        return heard;
    }

    private static Wifi Of(Place place, int number, double latitude, double longitude)
    {
        var random = SeededRandom.For(place.City.Index, place.Row, place.Column, number);
        var mac = ((ulong)random.Pick(Vendors) << 24) | (random.NextBits() >> 40);
        var (channel, frequency) = Tune(ref random);
        return new Wifi(
            mac,
            Ssids.Next(ref random),
            channel,
            frequency,
            random.Chance(0.06) ? random.Pick(RadioTypes) : null,
            place.MetersTo(latitude, longitude, random.NextDouble(), random.NextDouble()));
    }

    private static (int Channel, int Frequency) Tune(ref SeededRandom random)
    {
        var band = random.NextDouble();
        if (band < 0.5)
        {
            var low = random.Between(1, 14);
            return (low, 2407 + (5 * low));
        }

        if (band < 0.93)
        {
            var middle = random.Pick(Channels5);
            return (middle, 5000 + (5 * middle));
        }

        var high = 1 + (4 * random.Between(0, 24));
        return (high, 5950 + (5 * high));
    }
}
