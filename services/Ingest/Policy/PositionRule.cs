using Exporter.Reports.V1;

namespace Exporter.Ingest.Policy;

/// <summary>A latitude or longitude that is given is on the globe.</summary>
internal static class PositionRule
{
    public const double MaxLatitude = 90;
    public const double MaxLongitude = 180;

    public static Place? Fault(Position? position)
    {
        if (position is null)
            return null;
        if (position.HasLatitudeDegrees && !IsWithin(position.LatitudeDegrees, MaxLatitude))
            return new(ReportField.Latitude);
        return position.HasLongitudeDegrees && !IsWithin(position.LongitudeDegrees, MaxLongitude)
            ? new(ReportField.Longitude)
            : null;
    }

    // Written so that NaN is outside.
    public static bool IsWithin(double degrees, double most) => Math.Abs(degrees) <= most;
}
