using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <remarks>Called behind the opening brace.</remarks>
internal static class PositionJson
{
    public static void Write(ref JsonOutput json, Position position)
    {
        var first = true;
        if (position.HasLatitudeDegrees)
            json.Number(",\"latitude\":"u8, position.LatitudeDegrees, ref first);
        if (position.HasLongitudeDegrees)
            json.Number(",\"longitude\":"u8, position.LongitudeDegrees, ref first);
        if (position.HasAccuracyMeters)
            json.Number(",\"accuracy\":"u8, position.AccuracyMeters, ref first);
        if (position.HasAltitudeMeters)
            json.Number(",\"altitude\":"u8, position.AltitudeMeters, ref first);
        if (position.HasAltitudeAccuracyMeters)
            json.Number(",\"altitudeAccuracy\":"u8, position.AltitudeAccuracyMeters, ref first);
        if (position.HasHeadingDegrees)
            json.Number(",\"heading\":"u8, position.HeadingDegrees, ref first);
        if (position.HasPressureHectopascals)
            json.Number(",\"pressure\":"u8, position.PressureHectopascals, ref first);
        if (position.HasSpeedMetersPerSecond)
            json.Number(",\"speed\":"u8, position.SpeedMetersPerSecond, ref first);
        if (position.HasAgeMilliseconds)
            json.Integer(",\"age\":"u8, position.AgeMilliseconds, ref first);
        if (EnumWords.Of(position.Source) is { IsEmpty: false } word)
            json.Word(",\"source\":"u8, word, ref first);
        json.Raw("}"u8);
    }
}
