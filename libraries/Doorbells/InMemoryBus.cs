using Exporter.Delivery.Exports;
using Exporter.Doorbells.Answering;
using Exporter.Messages.V1;
using MassTransit;
using MassTransit.Transports.Fabric;

namespace Exporter.Doorbells;

/// <summary>The bus of one process, with the same queues and the same messages.</summary>
internal static class InMemoryBus
{
    public static void Configure(IBusRegistrationContext context, IInMemoryBusFactoryConfigurator transport, IReadOnlyList<DoorbellQueue> queues)
    {
        DoorbellContracts.Configure(transport);
        transport.Publish<DeliverBatch>(topology => topology.ExchangeType = ExchangeType.Direct);
        foreach (var queue in queues)
            transport.ReceiveEndpoint(queue.Name, endpoint => Declare(endpoint, queue, context));
    }

    private static void Declare(IInMemoryReceiveEndpointConfigurator endpoint, DoorbellQueue queue, IBusRegistrationContext context)
    {
        if (queue.Kind is not { } kind)
        {
            endpoint.ConfigureConsumer<RouteReports>(context);
            return;
        }

        endpoint.ConfigureConsumeTopology = false;
        endpoint.Bind<DeliverBatch>(ExchangeType.Direct, ExportKindWord.Of(kind));
        endpoint.ConfigureConsumer<DeliverBatches>(context);
    }
}
