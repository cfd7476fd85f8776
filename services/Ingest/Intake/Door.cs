using Exporter.Ingest.Policy;

namespace Exporter.Ingest.Intake;

/// <summary>One way in.</summary>
/// <param name="LimitPath">Under which daily limits are counted.</param>
/// <param name="Protocol">The attribute <c>exporter.protocol</c> of metrics.</param>
/// <param name="Names">What its clients call a report's fields.</param>
internal sealed record Door(string LimitPath, string Protocol, FieldNames Names)
{
    public static readonly Door GeosubmitV2 = new("v2.geosubmit", "http.v2.geosubmit", FieldNames.GeosubmitV2);
    public static readonly Door GeosubmitV1 = new("v1.geosubmit", "http.v1.geosubmit", FieldNames.GeosubmitV1);
    public static readonly Door SubmitV1 = new("v1.submit", "http.v1.submit", FieldNames.SubmitV1);
    public static readonly Door GrpcSubmit = new("grpc.submit", "grpc.submit", FieldNames.Grpc);
    public static readonly Door GrpcStream = new("grpc.stream", "grpc.stream", FieldNames.Grpc);
}
