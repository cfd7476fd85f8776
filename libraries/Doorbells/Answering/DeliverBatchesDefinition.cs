using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>How doorbells for the exporters are taken; each kind of export has a queue of its own.</summary>
internal sealed class DeliverBatchesDefinition : ConsumerDefinition<DeliverBatches>
{
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<DeliverBatches> consumerConfigurator, IRegistrationContext context) =>
        DoorbellEndpoint.Configure(endpointConfigurator, context);
}
