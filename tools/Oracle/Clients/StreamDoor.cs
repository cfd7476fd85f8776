using Exporter.Ingest.V1;
using Exporter.Oracle.Submissions;
using Grpc.Core;

namespace Exporter.Oracle.Clients;

/// <summary>One stream for each API key; the messages of a stream are on their way at the same time.</summary>
internal sealed class StreamDoor : ISubmitDoor
{
    public string Name => "gRPC stream";

    public Task SendAsync(Life life, IReadOnlyList<SubmittedRequest> requests, CancellationToken cancel) =>
        Task.WhenAll(requests.GroupBy(request => request.ApiKey).Select(group => SendAsync(life, group.Key, [.. group], cancel)));

    private static async Task SendAsync(Life life, string? apiKey, List<SubmittedRequest> requests, CancellationToken cancel)
    {
        try
        {
            var client = new IngestService.IngestServiceClient(life.Grpc);
            using var call = client.StreamReports(GrpcAnswers.MetadataOf(apiKey, null), cancellationToken: cancel);
            var writing = WriteAsync(call.RequestStream, requests, cancel);
            var answered = 0;
            while (await call.ResponseStream.MoveNext(cancel))
                Take(requests[answered++], call.ResponseStream.Current);
            await writing;
            if (answered < requests.Count)
                throw new UnexpectedAnswerException($"The stream ended well after {answered} of {requests.Count} answers.");
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            throw GrpcAnswers.Of(e);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException && !cancel.IsCancellationRequested)
        {
            throw new AnswerLostException(e);
        }
    }

    private static async Task WriteAsync(IClientStreamWriter<StreamReportsRequest> stream, List<SubmittedRequest> requests, CancellationToken cancel)
    {
        foreach (var request in requests)
        {
            await stream.WriteAsync(
                new() { SequenceNumber = request.Number, Reports = { request.Messages }, IdempotencyKey = request.IdempotencyKey ?? "" }, cancel);
        }

        await stream.CompleteAsync();
    }

    private static void Take(SubmittedRequest request, StreamReportsResponse answer)
    {
        if (answer.SequenceNumber != request.Number)
            throw new UnexpectedAnswerException($"Message {request.Number} is next, and {answer.SequenceNumber} was answered.");
        GrpcAnswers.Take(request, answer.Result);
    }
}
