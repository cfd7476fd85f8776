using Exporter.Interop.Frames;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Testing;
using Microsoft.AspNetCore.Http.Features;

namespace Exporter.Interop.Server;

/// <summary>The suite's service, with what the stand-in offers.</summary>
internal sealed class TestServer : TestService.TestServiceBase
{
    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context)
    {
        ExpectCompressed(request.ExpectCompressed, context, message: 0);
        await EchoedMetadata.SendAsync(context, compress: request.ResponseCompressed?.Value ?? false);
        EchoStatus(request.ResponseStatus);
        return new() { Payload = Zeros(request.ResponseSize) };
    }

    public override async Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context)
    {
        var size = 0;
        var message = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            ExpectCompressed(request.ExpectCompressed, context, message++);
            size += request.Payload.Body.Length;
        }
        return new() { AggregatedPayloadSize = size };
    }

    public override async Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context)
    {
        await EchoedMetadata.SendAsync(context, compress: request.ResponseParameters.Any(wanted => wanted.Compressed?.Value ?? false));
        await AnswerAsync(request, responseStream, context);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context)
    {
        await EchoedMetadata.SendAsync(context, compress: false);
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await AnswerAsync(request, responseStream, context);
    }

    private static async Task AnswerAsync(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responses, ServerCallContext context)
    {
        EchoStatus(request.ResponseStatus);
        foreach (var wanted in request.ResponseParameters)
        {
            if (wanted.IntervalUs > 0)
                await Task.Delay(TimeSpan.FromMicroseconds(wanted.IntervalUs), TimeProvider.System, context.CancellationToken);
            responses.WriteOptions = new(wanted.Compressed?.Value ?? false ? default : WriteFlags.NoCompress);
            await responses.WriteAsync(new() { Payload = Zeros(wanted.Size) }, context.CancellationToken);
        }
    }

    private static void EchoStatus(EchoStatus? status)
    {
        if (status is { Code: not 0 })
            throw new RpcException(new Status((StatusCode)status.Code, status.Message));
    }

    /// <summary>Looks at the flag of the frame that the message came in, not at the call's headers.</summary>
    private static void ExpectCompressed(BoolValue? expected, ServerCallContext context, int message)
    {
        if (expected is null)
            return;
        var compressed = context.GetHttpContext().Features.GetRequiredFeature<RecordedCall>().Requests.Seen[message];
        if (compressed != expected.Value)
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"Message {message}: compressed is {compressed}."));
    }

    private static Payload Zeros(int size) => new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[size]) };
}
