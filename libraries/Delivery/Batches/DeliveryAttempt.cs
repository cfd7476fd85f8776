using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Batches;

/// <summary>One attempt to deliver one batch.</summary>
/// <param name="Claim">The batch and the attempt's number.</param>
/// <param name="Export">The export as configured when the attempt began.</param>
/// <param name="Reports">The batch's reports.</param>
/// <param name="Parts">What of it is settled, for senders that deliver in parts.</param>
/// <param name="Progress">Called whenever bytes moved; an attempt without progress ends (rule C3).</param>
public sealed record DeliveryAttempt(Claim Claim, ExportDefinition Export, BatchReader Reports, BatchParts Parts, Action Progress)
{
    /// <summary>What to deliver.</summary>
    public Batch Batch => Claim.Batch;
}
