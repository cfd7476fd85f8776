using Grpc.Core;
using Grpc.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Exporter.Interop.Server;

/// <summary>A health check that callers turn; what it says is published at once, not at the publisher's next round.</summary>
internal sealed class HealthSwitch(HealthCheckService checks, IEnumerable<IHealthCheckPublisher> publishers, HealthSwitch.Check check)
    : XdsUpdateHealthService.XdsUpdateHealthServiceBase
{
    public override Task<Empty> SetServing(Empty request, ServerCallContext context) => TurnAsync(true, context.CancellationToken);

    public override Task<Empty> SetNotServing(Empty request, ServerCallContext context) => TurnAsync(false, context.CancellationToken);

    private async Task<Empty> TurnAsync(bool serves, CancellationToken cancel)
    {
        check.Serves = serves;
        var report = await checks.CheckHealthAsync(cancel);
        foreach (var publisher in publishers)
            await publisher.PublishAsync(report, cancel);
        return new();
    }

    /// <summary>The check itself.</summary>
    internal sealed class Check : IHealthCheck
    {
        public bool Serves { get; set; } = true;

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(Serves ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
    }
}
