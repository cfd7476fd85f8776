using Exporter.Geosubmit;
using Exporter.Ingest.Intake;

namespace Exporter.Ingest.Http;

/// <summary>An address that takes reports as JSON.</summary>
/// <param name="Path">The URL's path.</param>
/// <param name="Version">The format of its bodies.</param>
/// <param name="Door">Limits and metrics.</param>
/// <param name="AnswersNoContent">Success is 204 instead of a JSON body.</param>
internal sealed record SubmitRoute(string Path, GeosubmitVersion Version, Door Door, bool AnswersNoContent = false)
{
    public static IReadOnlyList<SubmitRoute> All { get; } =
    [
        new("/v2/geosubmit", GeosubmitVersion.V2, Door.GeosubmitV2),
        new("/v1/geosubmit", GeosubmitVersion.V1, Door.GeosubmitV1),
        new("/v1/submit", GeosubmitVersion.V0, Door.SubmitV1, AnswersNoContent: true),
    ];
}
