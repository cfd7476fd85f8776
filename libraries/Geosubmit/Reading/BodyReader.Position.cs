using System.Text.Json;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

internal ref partial struct BodyReader
{
    private Position? ReadPosition()
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(Sentences.NoObject(json.TokenType));
            json.Skip();
            return null;
        }

        var position = new Position();
        container = field.Name;
        while (NextField(names.Position))
            ReadPlace(position);
        container = null;
        return position;
    }

    private void ReadPlace(Position place)
    {
        switch (field.Field)
        {
            case Field.Latitude: if (Number(out var latitude)) place.LatitudeDegrees = latitude; else place.ClearLatitudeDegrees(); break;
            case Field.Longitude:
                if (Number(out var longitude)) place.LongitudeDegrees = longitude; else place.ClearLongitudeDegrees();
                break;
            case Field.Accuracy: if (Number(out var accuracy)) place.AccuracyMeters = accuracy; else place.ClearAccuracyMeters(); break;
            case Field.Altitude: if (Number(out var altitude)) place.AltitudeMeters = altitude; else place.ClearAltitudeMeters(); break;
            case Field.AltitudeAccuracy:
                if (Number(out var error)) place.AltitudeAccuracyMeters = error; else place.ClearAltitudeAccuracyMeters();
                break;
            case Field.Heading: if (Number(out var heading)) place.HeadingDegrees = heading; else place.ClearHeadingDegrees(); break;
            case Field.Pressure: if (Number(out var hpa)) place.PressureHectopascals = hpa; else place.ClearPressureHectopascals(); break;
            case Field.Speed: if (Number(out var speed)) place.SpeedMetersPerSecond = speed; else place.ClearSpeedMetersPerSecond(); break;
            case Field.Age: if (Integer(out var age)) place.AgeMilliseconds = age; else place.ClearAgeMilliseconds(); break;
            default: place.Source = ReadSource(); break;
        }
    }
}
