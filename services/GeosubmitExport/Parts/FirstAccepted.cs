using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Requests;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>
/// Looks for a report that the partner takes, in a part that it refused: both halves, then the halves of one of them, down to
/// single reports. That is twice the logarithm of requests, and tells a poison report from a partner that takes nothing (rule P2).
/// </summary>
internal sealed class FirstAccepted(PartSender sender, ReportWindow window, int attemptNumber)
{
    /// <summary>The parts that remain of it, in order.</summary>
    public List<PendingPart> Rest { get; } = [];

    /// <summary>Sends until something is accepted or all on the way was refused; null, or the fault that ended it.</summary>
    public async Task<Outcome.Deferred?> SearchAsync(ReportRange part, CancellationToken cancel)
    {
        for (var depth = 0; part.Count > 1 && !sender.IsAccepted; depth++)
        {
            var (left, right) = PartTree.Halves(part);
            var at = Rest.FindIndex(rest => rest.Range == part);
            if (at >= 0)
                Rest.RemoveAt(at);
            foreach (var half in new[] { left, right })
            {
                var answer = sender.IsAccepted ? null : await sender.SendAsync(half, window.Packed(half), cancel);
                if (answer is PartnerAnswer.Failed failed)
                    return failed.Cause;
                if (answer is not PartnerAnswer.Accepted)
                    Rest.Insert(at < 0 ? Rest.Count : at++, new(half, answer as PartnerAnswer.Refused));
            }

            // Another attempt looks elsewhere.
            part = (attemptNumber >> depth % 31 & 1) != 0 ? left : right;
        }

        return null;
    }
}
