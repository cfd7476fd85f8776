using Grpc.Core;
using Grpc.Testing;

namespace Exporter.Interop.Client;

internal static class StreamingCases
{
    private static readonly int[] RequestSizes = [27_182, 8, 1_828, 45_904];
    private static readonly int[] ResponseSizes = [31_415, 9, 2_653, 58_979];

    public static async Task ClientStreaming(Target target)
    {
        using var call = target.Service.StreamingInputCall(cancellationToken: target.Cancel);
        foreach (var size in RequestSizes)
            await call.RequestStream.WriteAsync(new() { Payload = Target.Zeros(size) }, target.Cancel);
        await call.RequestStream.CompleteAsync();

        (await call).AggregatedPayloadSize.ShouldBe(74_922);
    }

    public static async Task ServerStreaming(Target target)
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.AddRange(ResponseSizes.Select(size => new ResponseParameters { Size = size }));
        using var call = target.Service.StreamingOutputCall(request, cancellationToken: target.Cancel);

        foreach (var size in ResponseSizes)
        {
            (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
            Target.ShouldBeZeros(call.ResponseStream.Current.Payload, size);
        }
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
    }

    public static async Task PingPong(Target target)
    {
        using var call = target.Service.FullDuplexCall(cancellationToken: target.Cancel);
        foreach (var (sent, wanted) in RequestSizes.Zip(ResponseSizes))
        {
            await call.RequestStream.WriteAsync(Ask(sent, wanted), target.Cancel);
            (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
            Target.ShouldBeZeros(call.ResponseStream.Current.Payload, wanted);
        }
        await call.RequestStream.CompleteAsync();

        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    public static async Task EmptyStream(Target target)
    {
        using var call = target.Service.FullDuplexCall(cancellationToken: target.Cancel);
        await call.RequestStream.CompleteAsync();

        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
        call.GetStatus().StatusCode.ShouldBe(StatusCode.OK);
    }

    /// <summary>A request of a full duplex call: so many bytes, for an answer of so many.</summary>
    public static StreamingOutputCallRequest Ask(int sent, int wanted) =>
        new() { Payload = Target.Zeros(sent), ResponseParameters = { new ResponseParameters { Size = wanted } } };
}
