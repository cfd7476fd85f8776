using Exporter.Delivery.Exports;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Exporter.Router.Admin;

internal static class Refusal
{
    // Trailers have a bound on the way; the message tells how many there are.
    private const int MostListed = 50;

    private const string DetailsKey = "grpc-status-details-bin";

    public static RpcException NotFound(string sentence) => new(new Status(StatusCode.NotFound, sentence));

    public static RpcException AlreadyExists(string sentence) => new(new Status(StatusCode.AlreadyExists, sentence));

    public static RpcException Precondition(string sentence) => new(new Status(StatusCode.FailedPrecondition, sentence));

    public static RpcException Invalid(string field, string sentence) => Invalid([new FieldProblem(field, sentence)]);

    public static RpcException Invalid(IReadOnlyList<FieldProblem> problems)
    {
        var listed = problems.Take(MostListed).ToArray();
        var fields = listed.Select(problem => problem.Field);
        var message =
            $"{problems.Count} field(s) can't be taken: {string.Join(", ", fields)}{(problems.Count > MostListed ? ", …" : "")}.";
        var details = new BadRequest();
        details.FieldViolations.AddRange(listed.Select(problem =>
            new BadRequest.Types.FieldViolation { Field = problem.Field, Description = problem.Sentence }));
        var status = new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Message = message, Details = { Any.Pack(details) } };
        return new RpcException(new Status(StatusCode.InvalidArgument, message), new Metadata { { DetailsKey, status.ToByteArray() } });
    }

    public static void Throw(IReadOnlyList<FieldProblem> problems)
    {
        if (problems.Count > 0)
            throw Invalid(problems);
    }
}
