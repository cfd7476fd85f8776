using Exporter.Ingest.Intake;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using GrpcStatus = Grpc.Core.Status;
using RpcStatus = Google.Rpc.Status;

namespace Exporter.Ingest.Calls;

/// <summary>How a refusal is said over gRPC (rule I3).</summary>
internal static class GrpcRefusals
{
    private const string Details = "grpc-status-details-bin";
    private const string TypePrefix = "type.googleapis.com";

    public static RpcException Of(Refusal refusal) => refusal switch
    {
        Refusal.Busy busy => Later(StatusCode.ResourceExhausted, refusal, busy.Store.RetryAfter),
        Refusal.DailyLimit limit => Later(StatusCode.ResourceExhausted, refusal, limit.RetryAfter),
        Refusal.AddressLimit limit => Later(StatusCode.ResourceExhausted, refusal, limit.RetryAfter),
        Refusal.Failed failed => Later(StatusCode.Unavailable, refusal, failed.RetryAfter),
        Refusal.Malformed malformed => Invalid(refusal, malformed.Field),
        Refusal.TooManyReports => Invalid(refusal, "reports"),
        _ => Invalid(refusal, "idempotency_key"),
    };

    private static RpcException Later(StatusCode code, Refusal refusal, TimeSpan after) =>
        With(code, refusal, new RetryInfo { RetryDelay = Duration.FromTimeSpan(after) });

    private static RpcException Invalid(Refusal refusal, string field) => With(StatusCode.InvalidArgument, refusal, new BadRequest
    {
        FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = refusal.Detail } },
    });

    private static RpcException With(StatusCode code, Refusal refusal, IMessage detail)
    {
        var status = new RpcStatus { Code = (int)code, Message = refusal.Detail, Details = { Any.Pack(detail, TypePrefix) } };
        return new(new GrpcStatus(code, refusal.Detail), new Metadata { { Details, status.ToByteArray() } });
    }
}
