using Exporter.Delivery.Routing;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Ingest.Policy;

/// <summary>What the doors would do with a report, told to operators by <c>exporter explain</c>.</summary>
internal sealed class PolicyRefusal(ReportPolicy policy, TimeProvider clock) : IReportRefusal
{
    public string Of(Report report)
    {
        var verdict = policy.Judge(report, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (verdict.IsAccepted)
            return "";

        return verdict.Reject != RejectReason.Unspecified ? Sentences.For(verdict.Reject) : verdict.Drop switch
        {
            DropReason.NoNetworks => "It has no Wi-Fi access point, Bluetooth beacon or cell tower with an identity.",
            DropReason.TooOld => "It was observed longer ago than Ingest takes.",
            DropReason.InFuture => "It was observed more than a day ahead of the server's clock.",
            DropReason.Privacy => "Every network in it is left out at its owner's wish (_nomap, _optout or hidden).",
            _ => $"It is dropped ({verdict.Drop}).",
        };
    }
}
