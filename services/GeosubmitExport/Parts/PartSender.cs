using Exporter.Delivery.Batches;
using Exporter.Delivery.Faults;
using Exporter.GeosubmitExport.Requests;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>Sends parts of a batch, and records those that the partner took.</summary>
internal sealed class PartSender(DeliveryAttempt attempt, PartnerClient partner, Acceptances acceptances)
{
    private long tooManyBytes = long.MaxValue;

    /// <summary>Whether the partner ever took anything of the batch, in this attempt or an earlier one.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Makes a request of a part. One that is larger than what the partner found too large is not sent.</summary>
    public async Task<PartnerAnswer> SendAsync(ReportRange part, ReadOnlyMemory<byte> packed, CancellationToken cancel)
    {
        using var body = RequestBody.Of(packed.Span);
        if (body.Length >= tooManyBytes && part.Count > 1)
            return HttpOutcomes.Of(413, null, PartnerPlace.Of(attempt.Export));

        Failpoint.Pass("part.before");
        var answer = await partner.PostAsync(attempt.Export, body, $"{attempt.Batch.Id}:{part}", attempt.Progress, cancel);
        Failpoint.Pass("part.after");
        if (answer is PartnerAnswer.Refused { IsTooLarge: true })
            tooManyBytes = Math.Min(tooManyBytes, body.Length);
        if (answer is PartnerAnswer.Accepted)
        {
            await attempt.Parts.DeliveredAsync(part, cancel);
            acceptances.Note(attempt.Export.Id);
            IsAccepted = true;
        }

        return answer;
    }
}
