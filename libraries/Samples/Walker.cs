using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Samples;

// A device on its way through a city; when it reaches the present it begins again, hours ago and elsewhere.
internal sealed class Walker
{
    private const double WindowMilliseconds = 8 * 3_600_000;

    private readonly long _nowMilliseconds;
    private readonly List<Wifi> _around = [];
    private readonly bool _writesSeparators;
    private readonly PositionSource _source;
    private SeededRandom _random;
    private City _city = City.All[0];
    private long _milliseconds;
    private double _latitude;
    private double _longitude;
    private double _heading;
    private double _speed;

    public Walker(ulong seed, DateTimeOffset now)
    {
        _random = new SeededRandom(seed);
        _nowMilliseconds = now.ToUnixTimeMilliseconds();
        _writesSeparators = _random.Chance(0.2);
        _source = _random.Chance(0.75) ? PositionSource.Gnss : PositionSource.Fused;
        Begin();
    }

    public Report Next()
    {
        Step();
        var report = new Report { ObservedAt = TimestampOf(_milliseconds), Position = Position() };
        var place = Place.At(_city, _latitude, _longitude);
        _around.Clear();
        Wifi.AddAround(place, _latitude, _longitude, _around);
        foreach (var wifi in _around.Take(_random.Between(8, 13)))
            report.WifiAccessPoints.Add(wifi.Heard(ref _random, _writesSeparators));
        report.CellTowers.Add(Cell.Heard(place, ref _random, _writesSeparators));
        report.BluetoothBeacons.Add(Beacon.Heard(place, ref _random, _writesSeparators));
        return report;
    }

    private void Begin()
    {
        _city = _random.Pick(City.All);
        _milliseconds = _nowMilliseconds - (long)_random.Between(WindowMilliseconds / 100, WindowMilliseconds);
        _latitude = _city.Latitude + _random.Between(-City.RadiusDegrees, City.RadiusDegrees);
        _longitude = _city.Longitude + _random.Between(-City.RadiusDegrees, City.RadiusDegrees);
        _heading = _random.Between(0.0, 360);
        _speed = _random.Chance(0.7) ? _random.Between(0.8, 2.2) : _random.Between(4.0, 14);
    }

    private void Step()
    {
        var milliseconds = _random.Between(4000, 15_000);
        _milliseconds += milliseconds;
        _heading = (_heading + _random.Between(-25.0, 25) + 360) % 360;
        var meters = _speed * milliseconds / 1000;
        _latitude += meters * Math.Cos(_heading * Math.PI / 180) / City.MetersPerLatitudeDegree;
        _longitude += meters * Math.Sin(_heading * Math.PI / 180) / _city.MetersPerLongitudeDegree;
        if (_milliseconds > _nowMilliseconds
            || Math.Abs(_latitude - _city.Latitude) > 2 * City.RadiusDegrees
            || Math.Abs(_longitude - _city.Longitude) > 2 * City.RadiusDegrees)
            Begin();
    }

    private Position Position()
    {
        var position = new Position
        {
            LatitudeDegrees = Math.Round(_latitude, 7),
            LongitudeDegrees = Math.Round(_longitude, 7),
            AccuracyMeters = Math.Round(_random.Between(2.5, 40), 1),
            AgeMilliseconds = _random.Between(0, 1500),
            SpeedMetersPerSecond = Math.Round(_speed * _random.Between(0.9, 1.1), 2),
            Source = _source,
        };
        if (_source == PositionSource.Fused)
            return position;

        position.AltitudeMeters = Math.Round(_random.Between(5.0, 300), 1);
        position.HeadingDegrees = Math.Round(_heading, 1);
        return position;
    }

    private static Timestamp TimestampOf(long milliseconds) =>
        new() { Seconds = milliseconds / 1000, Nanos = (int)(milliseconds % 1000) * 1_000_000 };
}
