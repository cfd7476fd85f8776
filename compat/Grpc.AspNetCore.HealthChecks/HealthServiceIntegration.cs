using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The health service on the application's health checks and its lifetime.</summary>
internal sealed class HealthServiceIntegration(
    HealthServiceImpl statuses,
    HealthCheckService checks,
    IOptions<GrpcHealthChecksOptions> options,
    IOptions<HealthCheckPublisherOptions> publishing,
    IHostApplicationLifetime lifetime) : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
            return await statuses.Check(request, context);
        if (!options.Value.Services.TryGet(request.Service, out var service))
            throw new RpcException(new Status(StatusCode.NotFound, ""));
        return new() { Status = await RunChecksAsync(service, context.CancellationToken) };
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        var cancel = context.CancellationToken;
        if (!options.Value.UseHealthChecksCache && options.Value.Services.TryGet(request.Service, out var service))
            statuses.SetStatus(service.Name, await RunChecksAsync(service, cancel));
        if (options.Value.SuppressCompletionOnShutdown)
        {
            await statuses.WatchAsync(request.Service, responseStream, cancel);
            return;
        }
        var stopping = lifetime.ApplicationStopping;
        using (var watching = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping))
            await statuses.WatchAsync(request.Service, responseStream, watching.Token);
        if (stopping.IsCancellationRequested && !cancel.IsCancellationRequested)
            await responseStream.WriteAsync(new() { Status = ServingStatus.NotServing }, cancel);
    }

    private async Task<ServingStatus> RunChecksAsync(ServiceMapping service, CancellationToken cancel)
    {
        var report = await checks.CheckHealthAsync(
            check => (publishing.Value.Predicate?.Invoke(check) ?? true) && service.Takes(check.Name, check.Tags), cancel);
        return ServingStatusOf.Service(service, report);
    }
}
