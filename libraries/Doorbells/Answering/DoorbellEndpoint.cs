using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>What every queue of doorbells has: bounds, and no queue or message for what went wrong (rule D1).</summary>
internal static class DoorbellEndpoint
{
    public static void Configure(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        var options = context.GetRequiredService<DoorbellOptions>();
        var refused = context.GetRequiredService<RefusedDoorbells>();
        endpoint.PrefetchCount = options.Prefetch;
        endpoint.ConcurrentMessageLimit = options.Concurrency;
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe => pipe.UseFilter(refused));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(refused));
    }
}
