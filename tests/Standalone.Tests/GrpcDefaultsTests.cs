using Exporter.Standalone.Boxes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Exporter.Standalone;

public sealed class GrpcDefaultsTests
{
    private const string Ingest = "exporter.ingest.v1.IngestService";
    private const string Admin = "exporter.admin.v1.AdminService";

    [Fact]
    public async Task Every_grpc_door_says_without_a_token_that_the_process_is_ready()
    {
        await using var box = await Box.StartAsync();
        foreach (var door in new[] { box.Process.Addresses.Grpc, box.Process.Addresses.Admin })
        {
            using var channel = GrpcChannel.ForAddress(door);
            var health = new Health.HealthClient(channel);
            foreach (var service in new[] { "", Ingest, Admin })
                (await health.CheckAsync(new() { Service = service }, cancellationToken: Test.Cancel)).Status.ShouldBe(ServingStatus.Serving);
            var unknown = health.CheckAsync(new() { Service = "exporter.nobody.v1.NobodyService" }, cancellationToken: Test.Cancel);
            (await Should.ThrowAsync<RpcException>(unknown.ResponseAsync)).StatusCode.ShouldBe(StatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Each_door_shows_what_it_serves_and_no_more()
    {
        await using var box = await Box.StartAsync();
        string[] common = ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"];

        (await ServicesAtAsync(box.Process.Addresses.Grpc)).ShouldBe([Ingest, .. common]);
        (await ServicesAtAsync(box.Process.Addresses.Admin)).ShouldBe([Admin, .. common]);
        (await AskAsync(box.Process.Addresses.Grpc, new() { FileContainingSymbol = Admin })).ErrorResponse.ErrorCode.ShouldBe((int)StatusCode.NotFound);
        (await AskAsync(box.Process.Addresses.Grpc, new() { FileContainingSymbol = $"{Ingest}.StreamReports" }))
            .FileDescriptorResponse.FileDescriptorProto.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Health_says_not_serving_before_a_stop_and_the_call_ends_well()
    {
        await using var box = await Box.StartAsync();
        using var channel = GrpcChannel.ForAddress(box.Process.Addresses.Grpc);
        using var watch = new Health.HealthClient(channel).Watch(new() { Service = Ingest }, cancellationToken: Test.Cancel);
        (await watch.ResponseStream.MoveNext(Test.Cancel)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(ServingStatus.Serving);

        var stop = box.StopAsync();

        (await watch.ResponseStream.MoveNext(Test.Cancel)).ShouldBeTrue();
        watch.ResponseStream.Current.Status.ShouldBe(ServingStatus.NotServing);
        (await watch.ResponseStream.MoveNext(Test.Cancel)).ShouldBeFalse();
        (await stop).ShouldBe(0);
    }

    private static async Task<IEnumerable<string>> ServicesAtAsync(Uri door) =>
        (await AskAsync(door, new() { ListServices = "" })).ListServicesResponse.Service.Select(service => service.Name);

    private static async Task<ServerReflectionResponse> AskAsync(Uri door, ServerReflectionRequest request)
    {
        using var channel = GrpcChannel.ForAddress(door);
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Test.Cancel);
        await call.RequestStream.WriteAsync(request, Test.Cancel);
        (await call.ResponseStream.MoveNext(Test.Cancel)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }
}
