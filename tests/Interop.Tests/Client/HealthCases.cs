using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Testing;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Exporter.Interop.Client;

internal static class HealthCases
{
    private const string Unknown = "no.such.Service";

    public static async Task HealthCheck(Target target)
    {
        (await CheckAsync(target, "")).ShouldBe(ServingStatus.Serving);
        (await CheckAsync(target, "grpc.testing.TestService")).ShouldBe(ServingStatus.Serving);
        (await Should.ThrowAsync<RpcException>(() => CheckAsync(target, Unknown))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    public static async Task HealthWatch(Target target)
    {
        var turn = new XdsUpdateHealthService.XdsUpdateHealthServiceClient(target.Channel);
        using (var statuses = Watch(target, ""))
        {
            (await NextAsync(statuses, target)).ShouldBe(ServingStatus.Serving);
            await turn.SetNotServingAsync(new(), cancellationToken: target.Cancel);
            try
            {
                (await NextAsync(statuses, target)).ShouldBe(ServingStatus.NotServing);
                (await CheckAsync(target, "")).ShouldBe(ServingStatus.NotServing);
            }
            finally
            {
                await turn.SetServingAsync(new(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(5));
            }
            (await NextAsync(statuses, target)).ShouldBe(ServingStatus.Serving);
        }

        using var unknown = Watch(target, Unknown);
        (await NextAsync(unknown, target)).ShouldBe(ServingStatus.ServiceUnknown);
    }

    private static async Task<ServingStatus> CheckAsync(Target target, string service) =>
        (await new Health.HealthClient(target.Channel).CheckAsync(new() { Service = service }, cancellationToken: target.Cancel)).Status;

    private static AsyncServerStreamingCall<HealthCheckResponse> Watch(Target target, string service) =>
        new Health.HealthClient(target.Channel).Watch(new() { Service = service }, cancellationToken: target.Cancel);

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> statuses, Target target)
    {
        (await statuses.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
        return statuses.ResponseStream.Current.Status;
    }
}
