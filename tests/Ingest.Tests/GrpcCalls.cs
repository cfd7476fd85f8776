using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Ingest;

/// <summary>A client of the gRPC door, made by protoc's official plugin.</summary>
internal sealed class GrpcCalls(IngestHost host) : IDisposable
{
    private readonly GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress);

    public IngestService.IngestServiceClient Client => new(channel);

    public async Task<SubmitReportsResponse> SubmitAsync(Metadata? headers, params Report[] reports) =>
        await Client.SubmitReportsAsync(
            new() { Reports = { reports } }, headers, cancellationToken: TestContext.Current.CancellationToken);

    public Task<SubmitReportsResponse> SubmitAsync(params Report[] reports) => SubmitAsync(null, reports);

    public AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> Stream(Metadata? headers = null) =>
        Client.StreamReports(headers, cancellationToken: TestContext.Current.CancellationToken);

    public static Metadata Key(string idempotencyKey) => new() { { "idempotency-key", idempotencyKey } };

    public static T DetailOf<T>(RpcException refused)
        where T : class, Google.Protobuf.IMessage<T>, new()
    {
        var bytes = refused.Trailers.GetValueBytes("grpc-status-details-bin").ShouldNotBeNull();
        var status = Google.Rpc.Status.Parser.ParseFrom(bytes);
        status.Code.ShouldBe((int)refused.StatusCode);
        status.Message.ShouldBe(refused.Status.Detail);
        return status.Details.ShouldHaveSingleItem().Unpack<T>();
    }

    public void Dispose() => channel.Dispose();
}

internal static class Streams
{
    public static Task SendAsync(
        this AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> call, StreamReportsRequest message) =>
        call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);

    public static async Task<List<StreamReportsResponse>> ReadAllAsync(
        this AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> call)
    {
        var answers = new List<StreamReportsResponse>();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
            answers.Add(call.ResponseStream.Current);
        return answers;
    }

    /// <summary>Reads answers until the call is refused.</summary>
    public static async Task<(List<StreamReportsResponse> Answers, RpcException Refusal)> ReadRefusedAsync(
        this AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> call)
    {
        var answers = new List<StreamReportsResponse>();
        var refusal = await Should.ThrowAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
                answers.Add(call.ResponseStream.Current);
        });
        return (answers, refusal);
    }
}
