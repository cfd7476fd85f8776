using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Writing;

/// <remarks>Called behind the opening brace.</remarks>
internal static class EstimatedDistanceJson
{
    public static void Write(ref JsonOutput json, EstimatedDistance estimated)
    {
        var first = true;
        if (estimated.HasDistanceMeters)
            json.Number(",\"distance\":"u8, estimated.DistanceMeters, ref first);
        if (estimated.HasAccuracyMeters)
            json.Number(",\"accuracy\":"u8, estimated.AccuracyMeters, ref first);
        if (estimated.HasType)
            json.Text(",\"type\":"u8, estimated.Type, ref first);
        json.Raw("}"u8);
    }
}
