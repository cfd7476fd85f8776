using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>How doorbells for Router are taken.</summary>
internal sealed class RouteReportsDefinition : ConsumerDefinition<RouteReports>
{
    public RouteReportsDefinition() => EndpointName = DoorbellQueue.RouteReports.Name;

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RouteReports> consumerConfigurator, IRegistrationContext context) =>
        DoorbellEndpoint.Configure(endpointConfigurator, context);
}
