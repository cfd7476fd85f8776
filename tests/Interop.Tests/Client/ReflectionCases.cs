using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Grpc.Testing;
using Alpha = Grpc.Reflection.V1Alpha;

namespace Exporter.Interop.Client;

internal static class ReflectionCases
{
    private delegate Task<ServerReflectionResponse> Ask(ServerReflectionRequest question);

    public static async Task ReflectionV1(Target target)
    {
        using var call = new ServerReflection.ServerReflectionClient(target.Channel).ServerReflectionInfo(cancellationToken: target.Cancel);
        await ReflectAsync(async question => await NextAsync(call, question, target));
        await EndAsync(call, target);
    }

    /// <summary>The older version has the same messages under another name.</summary>
    public static async Task ReflectionV1Alpha(Target target)
    {
        using var call = new Alpha.ServerReflection.ServerReflectionClient(target.Channel).ServerReflectionInfo(cancellationToken: target.Cancel);
        await ReflectAsync(async question =>
        {
            var answer = await NextAsync(call, Alpha.ServerReflectionRequest.Parser.ParseFrom(question.ToByteArray()), target);
            return ServerReflectionResponse.Parser.ParseFrom(answer.ToByteArray());
        });
        await EndAsync(call, target);
    }

    private static async Task ReflectAsync(Ask ask)
    {
        var list = await ask(new() { ListServices = "*" });
        list.ListServicesResponse.Service.ShouldContain(service => service.Name == TestService.Descriptor.FullName);

        var files = (await ask(new() { FileContainingSymbol = TestService.Descriptor.FullName })).FileDescriptorResponse.FileDescriptorProto;
        ReflectedFiles.ShouldDescribeTheSuite(files);
        foreach (var symbol in new[] { SimpleRequest.Descriptor.FullName, $"{TestService.Descriptor.FullName}.FullDuplexCall" })
            (await ask(new() { FileContainingSymbol = symbol })).FileDescriptorResponse.FileDescriptorProto.ShouldNotBeEmpty();
        var name = FileDescriptorProto.Parser.ParseFrom(files[0]).Name;
        (await ask(new() { FileByFilename = name })).FileDescriptorResponse.FileDescriptorProto[0].ShouldBe(files[0]);

        (await ask(new() { FileContainingSymbol = "no.such.Symbol" })).ErrorResponse.ErrorCode.ShouldBe((int)StatusCode.NotFound);
        (await ask(new() { FileByFilename = "no/such.proto" })).ErrorResponse.ErrorCode.ShouldBe((int)StatusCode.NotFound);
    }

    private static async Task<TResponse> NextAsync<TRequest, TResponse>(
        AsyncDuplexStreamingCall<TRequest, TResponse> call, TRequest question, Target target)
    {
        await call.RequestStream.WriteAsync(question, target.Cancel);
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeTrue();
        return call.ResponseStream.Current;
    }

    private static async Task EndAsync<TRequest, TResponse>(AsyncDuplexStreamingCall<TRequest, TResponse> call, Target target)
    {
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(target.Cancel)).ShouldBeFalse();
    }
}
