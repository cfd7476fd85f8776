namespace Exporter.Samples;

internal sealed record City(int Index, double Latitude, double Longitude, int MobileCountryCode, string[] MobileNetworkCodes)
{
    public const double RadiusDegrees = 0.05;

    private const double MetersPerDegree = 111_320;

    public double MetersPerLongitudeDegree { get; } = MetersPerDegree * Math.Cos(Latitude * Math.PI / 180);

    public static double MetersPerLatitudeDegree => MetersPerDegree;

    public static IReadOnlyList<City> All { get; } =
    [
        new(0, 52.5200, 13.4050, 262, ["01", "02", "03"]),
        new(1, 48.2082, 16.3738, 232, ["01", "03", "05"]),
        new(2, 48.8566, 2.3522, 208, ["01", "10", "15", "20"]),
        new(3, 51.5074, -0.1278, 234, ["10", "15", "20", "30"]),
        new(4, 40.4168, -3.7038, 214, ["01", "03", "07"]),
        new(5, 52.2297, 21.0122, 260, ["01", "02", "03", "06"]),
        new(6, 59.3293, 18.0686, 240, ["01", "02", "07", "08"]),
        new(7, 60.1699, 24.9384, 244, ["05", "12", "91"]),
        new(8, 40.7128, -74.0060, 310, ["260", "410"]),
        new(9, 37.7749, -122.4194, 310, ["260", "410"]),
        new(10, 43.6532, -79.3832, 302, ["220", "610", "720"]),
        new(11, -23.5505, -46.6333, 724, ["05", "06", "11"]),
        new(12, -33.8688, 151.2093, 505, ["01", "02", "03"]),
        new(13, 35.6762, 139.6503, 440, ["10", "20", "51"]),
        new(14, 28.6139, 77.2090, 404, ["10", "11"]),
        new(15, -1.2921, 36.8219, 639, ["02", "03"]),
    ];
}
