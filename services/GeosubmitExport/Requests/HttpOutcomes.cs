using Exporter.Delivery.Batches;

namespace Exporter.GeosubmitExport.Requests;

/// <summary>Which answer means what (rule P1): docs/http-outcomes.md has the table.</summary>
internal static class HttpOutcomes
{
    /// <summary>By the status alone: an answer's body is never read.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="after">The wish of its Retry-After.</param>
    /// <param name="place">The partner in a sentence.</param>
    public static PartnerAnswer Of(int status, TimeSpan? after, string place) => status switch
    {
        >= 200 and <= 299 => new PartnerAnswer.Accepted(),
        >= 300 and <= 399 => SetUp("redirected", $"{place} lives under another address ({status}), and redirects are not followed. Put the new address into the export's url.", after),
        401 => SetUp("credentials", $"{place} asks for other credentials (401). Check the key in the export's url and its secret.", after),
        403 => SetUp("access_denied", $"{place} refuses access (403). Check the key in the export's url and its secret, and ask the partner whether it still holds.", after),
        408 => Passing("timeout", $"{place} waited too long for the request (408). Look at the network.", after),
        425 => Passing("too_early", $"{place} does not take requests yet (425).", after),
        429 => Passing("slow_down", $"{place} asks for fewer requests (429). Lower the export's concurrency if it stays.", after),
        413 => new PartnerAnswer.Refused(
            new("request_too_large", $"{place} takes no request of this size (413), not even with one report."), IsTooLarge: true),
        >= 400 and <= 499 => new PartnerAnswer.Refused(
            new("refused", $"{place} refused the reports ({status}). Look at them and ask the partner what is wrong, then replay or discard them."), IsTooLarge: false),
        503 => Passing("slow_down", $"{place} asks for fewer requests (503). Lower the export's concurrency if it stays.", after),
        >= 500 and <= 599 => Passing("server_error", $"{place} failed ({status}). Ask the partner if it stays.", after),
        _ => Passing("unexpected_answer", $"{place} gave an answer that is in no table ({status}). Ask the partner what it means.", after),
    };

    private static PartnerAnswer.Failed Passing(string errorType, string detail, TimeSpan? after) => new(new(errorType, detail, FaultOf.Destination, after));

    private static PartnerAnswer.Failed SetUp(string errorType, string detail, TimeSpan? after) => new(new(errorType, detail, FaultOf.SetUp, after));
}
