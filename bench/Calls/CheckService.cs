using Exporter.Bench.V1;
using Grpc.Core;

namespace Exporter.Bench.Calls;

/// <summary>The service by gRPC's packages.</summary>
internal sealed class CheckService : V1.CheckService.CheckServiceBase
{
    public override Task<Verdict> Check(Reading request, ServerCallContext context) =>
        Readings.Judge(request) is { } verdict
            ? Task.FromResult(verdict)
            : throw new RpcException(new Status(StatusCode.InvalidArgument, $"Reading {request.Id} has the wrong sum."));

    public override async Task Echo(IAsyncStreamReader<Chunk> requestStream, IServerStreamWriter<Chunk> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(context.CancellationToken))
            await responseStream.WriteAsync(requestStream.Current, context.CancellationToken);
    }
}
