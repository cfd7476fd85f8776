using Exporter.Ingest.V1;
using Exporter.Oracle.Submissions;
using Grpc.Core;

namespace Exporter.Oracle.Clients;

/// <summary>What an answer over gRPC means.</summary>
internal static class GrpcAnswers
{
    private static readonly StatusCode[] Lost = [StatusCode.Unavailable, StatusCode.Internal, StatusCode.Cancelled, StatusCode.Unknown, StatusCode.ResourceExhausted];

    public static Metadata MetadataOf(string? apiKey, string? idempotencyKey)
    {
        var metadata = new Metadata();
        if (apiKey is not null)
            metadata.Add("x-api-key", apiKey);
        if (idempotencyKey is not null)
            metadata.Add("idempotency-key", idempotencyKey);
        return metadata;
    }

    public static void Take(SubmittedRequest request, SubmitReportsResponse answer)
    {
        if (answer.AcceptedCount != request.Messages.Count)
            throw new UnexpectedAnswerException($"Request {request.Number} has {request.Messages.Count} reports, and the answer is {answer}.");
        request.Acknowledge();
    }

    public static Exception Of(RpcException fault) => Lost.Contains(fault.StatusCode)
        ? new AnswerLostException(fault)
        : new UnexpectedAnswerException($"{fault.StatusCode}: {fault.Status.Detail}", fault);
}
