using Grpc.Core;

namespace Exporter.Interop.Client;

/// <summary>Calls that the client, or its deadline, gives up.</summary>
internal static class GivenUpCases
{
    public static async Task CancelAfterBegin(Target target)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(target.Cancel);
        using var call = target.Service.StreamingInputCall(cancellationToken: cancel.Token);
        await cancel.CancelAsync();

        (await Should.ThrowAsync<RpcException>(call.ResponseAsync)).StatusCode.ShouldBe(StatusCode.Cancelled);
        call.GetStatus().StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    public static async Task CancelAfterFirstResponse(Target target)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(target.Cancel);
        using var call = target.Service.FullDuplexCall(cancellationToken: cancel.Token);
        await call.RequestStream.WriteAsync(StreamingCases.Ask(27_182, 31_415), target.Cancel);
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
        Target.ShouldBeZeros(call.ResponseStream.Current.Payload, 31_415);
        await cancel.CancelAsync();

        (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(target.Cancel))).StatusCode.ShouldBe(StatusCode.Cancelled);
    }

    public static async Task TimeoutOnSleepingServer(Target target)
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1);
        using var call = target.Service.FullDuplexCall(deadline: deadline, cancellationToken: target.Cancel);
        try
        {
            await call.RequestStream.WriteAsync(new() { Payload = Target.Zeros(27_182) }, target.Cancel);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.DeadlineExceeded)
        {
            // The deadline may pass before the request is written; reading says the same.
        }

        (await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(target.Cancel)))
            .StatusCode.ShouldBe(StatusCode.DeadlineExceeded);
    }
}
