using Exporter.Ingest.V1;
using Exporter.Oracle.Submissions;
using Grpc.Core;

namespace Exporter.Oracle.Clients;

internal sealed class UnaryDoor : ISubmitDoor
{
    public string Name => "gRPC unary";

    public Task SendAsync(Life life, IReadOnlyList<SubmittedRequest> requests, CancellationToken cancel) =>
        Task.WhenAll(requests.Select(request => SendAsync(life, request, cancel)));

    private static async Task SendAsync(Life life, SubmittedRequest request, CancellationToken cancel)
    {
        try
        {
            var client = new IngestService.IngestServiceClient(life.Grpc);
            var answer = await client.SubmitReportsAsync(
                new() { Reports = { request.Messages } }, GrpcAnswers.MetadataOf(request.ApiKey, request.IdempotencyKey), cancellationToken: cancel);
            GrpcAnswers.Take(request, answer);
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            throw GrpcAnswers.Of(e);
        }
    }
}
