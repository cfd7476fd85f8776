using Exporter.Delivery.Batches;

namespace Exporter.GeosubmitExport.Requests;

/// <summary>What a partner's answer to one request means.</summary>
internal abstract record PartnerAnswer
{
    private PartnerAnswer()
    {
    }

    /// <summary>The partner has the reports.</summary>
    public sealed record Accepted : PartnerAnswer;

    /// <summary>The partner does not want these reports, or not so many at once.</summary>
    public sealed record Refused(Outcome.Rejected Cause, bool IsTooLarge) : PartnerAnswer;

    /// <summary>Nothing about the reports: the attempt ends.</summary>
    public sealed record Failed(Outcome.Deferred Cause) : PartnerAnswer;
}
