using Grpc.Core;
using Grpc.Testing;

namespace Exporter.Interop.Client;

internal static class MetadataCases
{
    private const string Initial = "x-grpc-test-echo-initial";
    private const string InitialValue = "test_initial_metadata_value";
    private const string Trailing = "x-grpc-test-echo-trailing-bin";
    private static readonly byte[] TrailingValue = [0xab, 0xab, 0xab];

    private static Metadata Sent => new() { { Initial, InitialValue }, { Trailing, TrailingValue } };

    public static async Task CustomMetadata(Target target)
    {
        await OnUnaryAsync(target);
        await OnFullDuplexAsync(target);
    }

    private static async Task OnUnaryAsync(Target target)
    {
        var request = new SimpleRequest { ResponseSize = 314_159, Payload = Target.Zeros(271_828) };
        using var call = target.Service.UnaryCallAsync(request, Sent, cancellationToken: target.Cancel);

        Target.ShouldBeZeros((await call).Payload, 314_159);
        ShouldEcho(await call.ResponseHeadersAsync, call.GetTrailers());
    }

    private static async Task OnFullDuplexAsync(Target target)
    {
        using var call = target.Service.FullDuplexCall(Sent, cancellationToken: target.Cancel);
        await call.RequestStream.WriteAsync(StreamingCases.Ask(271_828, 314_159), target.Cancel);
        await call.RequestStream.CompleteAsync();

        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
        Target.ShouldBeZeros(call.ResponseStream.Current.Payload, 314_159);
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
        ShouldEcho(await call.ResponseHeadersAsync, call.GetTrailers());
    }

    private static void ShouldEcho(Metadata headers, Metadata trailers)
    {
        headers.GetAll(Initial).ShouldHaveSingleItem().Value.ShouldBe(InitialValue);
        trailers.GetAll(Trailing).ShouldHaveSingleItem().ValueBytes.ShouldBe(TrailingValue);
    }
}
