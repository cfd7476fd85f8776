using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Requests;
using Microsoft.Extensions.Logging;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>
/// One attempt at a batch, part by part, in order. What the partner refuses is divided until only the refused reports are left
/// as dead letters, but not before it has taken anything of the batch: until then a refusal may be its own fault (rule P2).
/// </summary>
internal sealed class BatchDelivery(DeliveryAttempt attempt, PartnerClient partner, Acceptances acceptances, ILogger log)
{
    /// <summary>Packed bytes of a request, at most, unless it has one report only.</summary>
    public const int MostPartBytes = 4 * 1024 * 1024;

    /// <summary>Requests that an attempt spends on finding refused reports.</summary>
    public const int MostSearches = 256;

    /// <summary>Parts that are refused before a batch that was never accepted is given up for now.</summary>
    public const int MostRefusedParts = 8;

    private readonly PartSender sender = new(attempt, partner, acceptances);
    private readonly Stack<PendingPart> pending = new();
    private int searches;
    private int refusedParts;
    private long deadReports;
    private Outcome.Rejected? refusal;

    public async Task<Outcome> SendAsync(CancellationToken cancel)
    {
        try
        {
            return await SendAllAsync(cancel);
        }
        finally
        {
            if (deadReports > 0)
                Log.ReportsRefused(log, deadReports, attempt.Batch.Id, attempt.Export.Name, refusal!.ErrorType);
        }
    }

    private async Task<Outcome> SendAllAsync(CancellationToken cancel)
    {
        while (true)
        {
            var settled = await attempt.Parts.ReadSettledAsync(cancel);
            var gaps = ReportRange.Gaps(attempt.Batch.ReportCount, settled);
            sender.IsAccepted = settled.Count > 0;
            if (gaps.Count == 0)
                return new Outcome.Delivered();
            if (await PassAsync(gaps, cancel) is { } fault)
                return fault;

            // Parts that were refused before the first was accepted were passed by: another pass settles them.
            if (!sender.IsAccepted)
                return RefusedWhole();
        }
    }

    private Outcome.Deferred RefusedWhole() => acceptances.SinceRefusalOf(attempt.Batch)
        ? new(refusal!.ErrorType, $"{refusal.Detail} It has taken nothing of this batch so far, and takes others: the batch waits alone, until max_attempts or max_age of the export end it.", FaultOf.Batch)
        : new(refusal!.ErrorType, $"{refusal.Detail} It has taken nothing of the batch so far, so that nothing is given up.", FaultOf.SetUp);

    private async Task<Outcome.Deferred?> PassAsync(IReadOnlyList<ReportRange> gaps, CancellationToken cancel)
    {
        await using var window = new ReportWindow(attempt, gaps, MostPartBytes, cancel);
        foreach (var part in PartTree.Parts(attempt.Batch, gaps))
        {
            pending.Push(new(part));
            while (pending.TryPop(out var next))
            {
                if (await SettleAsync(next, window, cancel) is { } fault)
                    return fault;
            }

            if (!sender.IsAccepted && refusedParts >= MostRefusedParts)
                break;
        }

        return null;
    }

    private async Task<Outcome.Deferred?> SettleAsync(PendingPart part, ReportWindow window, CancellationToken cancel)
    {
        if (!await window.FillAsync(part.Range))
        {
            Divide(part.Range);
            return null;
        }

        switch (part.Refused ?? await sender.SendAsync(part.Range, window.Packed(part.Range), cancel))
        {
            case PartnerAnswer.Failed failed:
                return failed.Cause;
            case PartnerAnswer.Refused refused when sender.IsAccepted:
                await RefuseAsync(part.Range, refused, cancel);
                return null;
            case PartnerAnswer.Refused refused:
                refusal = refused.Cause;
                return refusedParts++ == 0 ? await SearchAsync(part.Range, window, cancel) : null;
            default:
                return null;
        }
    }

    private async Task<Outcome.Deferred?> SearchAsync(ReportRange part, ReportWindow window, CancellationToken cancel)
    {
        var search = new FirstAccepted(sender, window, attempt.Claim.Attempt);
        var fault = await search.SearchAsync(part, cancel);
        if (fault is null && sender.IsAccepted)
        {
            foreach (var rest in Enumerable.Reverse(search.Rest))
                pending.Push(rest);
        }

        return fault;
    }

    private async Task RefuseAsync(ReportRange part, PartnerAnswer.Refused refused, CancellationToken cancel)
    {
        refusal = refused.Cause;
        var isSpent = !refused.IsTooLarge && searches >= MostSearches;
        if (part.Count > 1 && !isSpent)
        {
            searches += refused.IsTooLarge ? 0 : 2;
            Divide(part);
            return;
        }

        await attempt.Parts.RejectedAsync(part, part.Count == 1 ? refused.Cause : Undivided(refused.Cause), cancel);
        deadReports += part.Count;
    }

    private void Divide(ReportRange part)
    {
        var (left, right) = PartTree.Halves(part);
        pending.Push(new(right));
        pending.Push(new(left));
    }

    private static Outcome.Rejected Undivided(Outcome.Rejected cause) => cause with
    {
        Detail = $"{cause.Detail} The attempt had spent {MostSearches} requests on finding the refused reports, so that this part was not divided any further.",
    };
}
