using Grpc.Core;
using Grpc.Testing;

namespace Exporter.Interop.Client;

/// <summary>What was compressed on the wire is read afterwards from the journal: see <see cref="Frames.CompressedFrames"/>.</summary>
internal static class CompressionCases
{
    private static readonly Metadata Gzip = new() { { "grpc-internal-encoding-request", "gzip" } };
    private static readonly WriteOptions Uncompressed = new(WriteFlags.NoCompress);

    public static async Task ClientCompressedUnary(Target target)
    {
        if (target.TellsCompression)
            (await Should.ThrowAsync<RpcException>(() => CallAsync(target, expected: true, sent: false))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        await CallAsync(target, expected: true, sent: true);
        await CallAsync(target, expected: false, sent: false);
    }

    public static async Task ClientCompressedStreaming(Target target)
    {
        if (target.TellsCompression)
            (await Should.ThrowAsync<RpcException>(() => ProbeStreamAsync(target))).StatusCode.ShouldBe(StatusCode.InvalidArgument);
        using var call = target.Service.StreamingInputCall(Gzip, cancellationToken: target.Cancel);
        await call.RequestStream.WriteAsync(Part(27_182, compressed: true), target.Cancel);
        call.RequestStream.WriteOptions = Uncompressed;
        await call.RequestStream.WriteAsync(Part(45_904, compressed: false), target.Cancel);
        await call.RequestStream.CompleteAsync();

        (await call).AggregatedPayloadSize.ShouldBe(73_086);
    }

    public static async Task ServerCompressedUnary(Target target)
    {
        foreach (var compressed in new[] { true, false })
        {
            var request = new SimpleRequest
            {
                ResponseCompressed = new() { Value = compressed },
                ResponseSize = 314_159,
                Payload = Target.Zeros(271_828),
            };
            var response = await target.Service.UnaryCallAsync(request, cancellationToken: target.Cancel);
            Target.ShouldBeZeros(response.Payload, 314_159);
        }
    }

    public static async Task ServerCompressedStreaming(Target target)
    {
        var request = new StreamingOutputCallRequest
        {
            ResponseParameters =
            {
                new ResponseParameters { Compressed = new() { Value = true }, Size = 31_415 },
                new ResponseParameters { Compressed = new() { Value = false }, Size = 92_653 },
            },
        };
        using var call = target.Service.StreamingOutputCall(request, cancellationToken: target.Cancel);

        foreach (var wanted in request.ResponseParameters)
        {
            (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
            Target.ShouldBeZeros(call.ResponseStream.Current.Payload, wanted.Size);
        }
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
    }

    private static async Task CallAsync(Target target, bool expected, bool sent)
    {
        var request = new SimpleRequest
        {
            ExpectCompressed = new() { Value = expected },
            ResponseSize = 314_159,
            Payload = Target.Zeros(271_828),
        };
        var options = new CallOptions(Gzip, cancellationToken: target.Cancel, writeOptions: sent ? null : Uncompressed);
        var response = await target.Service.UnaryCallAsync(request, options);
        Target.ShouldBeZeros(response.Payload, 314_159);
    }

    private static async Task ProbeStreamAsync(Target target)
    {
        using var call = target.Service.StreamingInputCall(Gzip, cancellationToken: target.Cancel);
        call.RequestStream.WriteOptions = Uncompressed;
        await call.RequestStream.WriteAsync(Part(27_182, compressed: true), target.Cancel);
        await call.RequestStream.CompleteAsync();
        await call;
    }

    private static StreamingInputCallRequest Part(int size, bool compressed) =>
        new() { ExpectCompressed = new() { Value = compressed }, Payload = Target.Zeros(size) };
}
