using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Requests;
using Microsoft.Extensions.Logging;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>Brings batches to HTTPS partners that take geosubmit v2.</summary>
internal sealed class GeosubmitSender(PartnerClient partner, ILogger<GeosubmitSender> log) : IBatchSender
{
    private readonly Acceptances acceptances = new();

    public Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel) =>
        new BatchDelivery(attempt, partner, acceptances, log).SendAsync(cancel);
}
