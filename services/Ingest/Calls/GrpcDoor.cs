using Exporter.Ingest.Intake;
using Exporter.Ingest.V1;
using Exporter.Ingest.Wire;
using Grpc.Core;

namespace Exporter.Ingest.Calls;

/// <summary>Takes reports over gRPC.</summary>
internal sealed class GrpcDoor(MessageIntake intake, IHostApplicationLifetime lifetime) : IngestDoor
{
    private const string IdempotencyKey = "idempotency-key";

    public override async Task<SubmitReportsResponse> SubmitReports(WireMessage request, ServerCallContext context)
    {
        var key = context.RequestHeaders.GetValue(IdempotencyKey);
        TakenMessage taken;
        using (request)
            taken = await intake.TakeAsync(Door.GrpcSubmit, WireLayout.Submit, Caller.Of(context), request, lane: null, key);

        var result = await taken.Result;
        return result.IsRefused(out var refusal, out var answer) ? throw GrpcRefusals.Of(refusal) : answer;
    }

    public override Task StreamReports(
        IAsyncStreamReader<WireMessage> requestStream, IServerStreamWriter<StreamReportsResponse> responseStream, ServerCallContext context) =>
        new ReportStream(intake, Caller.Of(context), responseStream)
            .RunAsync(requestStream, context.CancellationToken, lifetime.ApplicationStopping);
}
