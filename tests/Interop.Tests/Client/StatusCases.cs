using Grpc.Core;
using Grpc.Testing;

namespace Exporter.Interop.Client;

internal static class StatusCases
{
    private const string Plain = "test status message";
    private const string Special = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";

    public static async Task StatusCodeAndMessage(Target target)
    {
        await OnUnaryAsync(target, Plain);
        await OnFullDuplexAsync(target, Plain);
    }

    public static Task SpecialStatusMessage(Target target) => OnUnaryAsync(target, Special);

    public static async Task UnimplementedMethod(Target target) =>
        await ShouldEndWithAsync(StatusCode.Unimplemented, target.Service.UnimplementedCallAsync(new(), cancellationToken: target.Cancel).ResponseAsync);

    public static async Task UnimplementedService(Target target)
    {
        var service = new UnimplementedService.UnimplementedServiceClient(target.Channel);
        await ShouldEndWithAsync(StatusCode.Unimplemented, service.UnimplementedCallAsync(new(), cancellationToken: target.Cancel).ResponseAsync);
    }

    private static async Task OnUnaryAsync(Target target, string message)
    {
        using var call = target.Service.UnaryCallAsync(new() { ResponseStatus = Unknown(message) }, cancellationToken: target.Cancel);

        (await ShouldEndWithAsync(StatusCode.Unknown, call.ResponseAsync)).Detail.ShouldBe(message);
    }

    private static async Task OnFullDuplexAsync(Target target, string message)
    {
        using var call = target.Service.FullDuplexCall(cancellationToken: target.Cancel);
        await call.RequestStream.WriteAsync(new() { ResponseStatus = Unknown(message) }, target.Cancel);
        await call.RequestStream.CompleteAsync();

        (await ShouldEndWithAsync(StatusCode.Unknown, call.ResponseStream.MoveNext(target.Cancel))).Detail.ShouldBe(message);
    }

    private static async Task<Status> ShouldEndWithAsync(StatusCode code, Task call)
    {
        var status = (await Should.ThrowAsync<RpcException>(call)).Status;
        status.StatusCode.ShouldBe(code);
        return status;
    }

    private static EchoStatus Unknown(string message) => new() { Code = (int)StatusCode.Unknown, Message = message };
}
