using Exporter.Delivery.Routing;
using Exporter.Messages.V1;
using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>Wakes the routing loop of this process.</summary>
public sealed class RouteReports(RoutingWake wake) : IConsumer<ReportsAccepted>
{
    /// <inheritdoc />
    public Task Consume(ConsumeContext<ReportsAccepted> context)
    {
        wake.Signal.Ring();
        return Task.CompletedTask;
    }
}
