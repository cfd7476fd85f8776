namespace Exporter.Samples;

// A square of about 25 m. What stands in it is a function of where it is, so that walkers meet the same stations again.
internal readonly record struct Place(City City, int Row, int Column)
{
    public const double Meters = 25;

    public static Place At(City city, double latitude, double longitude) => new(
        city,
        (int)Math.Floor((latitude - city.Latitude) * City.MetersPerLatitudeDegree / Meters),
        (int)Math.Floor((longitude - city.Longitude) * city.MetersPerLongitudeDegree / Meters));

    public Place Beside(int rows, int columns) => new(City, Row + rows, Column + columns);

    public double MetersTo(double latitude, double longitude, double rowShare, double columnShare)
    {
        var north = ((latitude - City.Latitude) * City.MetersPerLatitudeDegree) - ((Row + rowShare) * Meters);
        var east = ((longitude - City.Longitude) * City.MetersPerLongitudeDegree) - ((Column + columnShare) * Meters);
        return Math.Sqrt((north * north) + (east * east));
    }
}
