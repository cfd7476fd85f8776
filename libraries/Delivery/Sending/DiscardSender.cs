using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Sending;

/// <summary>Delivers to nothing: for exports of kind dummy.</summary>
public sealed class DiscardSender : IBatchSender, IBatchSenderFactory
{
    /// <inheritdoc />
    public ExportKind Kind => ExportKind.Dummy;

    /// <inheritdoc />
    public IBatchSender Create(ExportDefinition export) => this;

    /// <inheritdoc />
    public Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel) => Task.FromResult<Outcome>(new Outcome.Delivered());
}
