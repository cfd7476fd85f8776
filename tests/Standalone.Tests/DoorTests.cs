using System.Net;
using Exporter.Admin.V1;
using Exporter.Ingest.V1;
using Exporter.Standalone.Boxes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Standalone;

public sealed class DoorTests
{
    [Fact]
    public async Task Each_service_answers_at_its_own_door_only()
    {
        await using var box = await Box.StartAsync();
        var (http, grpc, admin) = (box.Process.Addresses.Http, box.Process.Addresses.Grpc, box.Process.Addresses.Admin);

        (await AdminAtAsync(box, admin)).ShouldBe(StatusCode.OK);
        (await AdminAtAsync(box, grpc)).ShouldBe(StatusCode.Unimplemented);
        (await AdminAtAsync(box, http)).ShouldNotBe(StatusCode.OK);
        (await IngestAtAsync(grpc)).ShouldBe(StatusCode.OK);
        (await IngestAtAsync(admin)).ShouldBe(StatusCode.Unimplemented);
        (await IngestAtAsync(http)).ShouldNotBe(StatusCode.OK);
        foreach (var path in new[] { "/v2/geosubmit", "/v1/geosubmit", "/v1/submit", "/health", "/alive" })
        {
            (await Http2Async(new Uri(grpc, path))).ShouldBe(HttpStatusCode.NotFound);
            (await Http2Async(new Uri(admin, path))).ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Without_the_token_nothing_is_shown_at_the_admin_door()
    {
        await using var box = await Box.StartAsync();
        using var channel = GrpcChannel.ForAddress(box.Process.Addresses.Admin);
        var client = new AdminService.AdminServiceClient(channel);

        foreach (var headers in new[] { new Metadata(), new Metadata { { "authorization", "Bearer 0123456789abcdef0123456789abcdef" } } })
        {
            var refused = await Should.ThrowAsync<RpcException>(() => client.ListExportsAsync(new(), headers).ResponseAsync);
            refused.StatusCode.ShouldBe(StatusCode.Unauthenticated);
        }
    }

    private static async Task<StatusCode> AdminAtAsync(Box box, Uri address)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var token = await File.ReadAllTextAsync(Path.Combine(box.Folder, "admin.token"), Test.Cancel);
        return await StatusOfAsync(() => new AdminService.AdminServiceClient(channel)
            .GetStatusAsync(new(), new Metadata { { "authorization", $"Bearer {token.Trim()}" } }).ResponseAsync);
    }

    private static async Task<StatusCode> IngestAtAsync(Uri address)
    {
        using var channel = GrpcChannel.ForAddress(address);
        return await StatusOfAsync(() => new IngestService.IngestServiceClient(channel).SubmitReportsAsync(new()).ResponseAsync);
    }

    private static async Task<StatusCode> StatusOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static async Task<HttpStatusCode> Http2Async(Uri address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await http.SendAsync(request, Test.Cancel);
        return answer.StatusCode;
    }
}
