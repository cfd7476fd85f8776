using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;
using Exporter.Messages.V1;
using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>Wakes the delivery loops of this process.</summary>
public sealed class DeliverBatches(DeliveryWakes wakes) : IConsumer<DeliverBatch>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<DeliverBatch> context)
    {
        if (Enum.TryParse<ExportKind>(context.Message.ExportKind, ignoreCase: true, out var kind))
            wakes.Ring(kind);
        return Task.CompletedTask;
    }
}
