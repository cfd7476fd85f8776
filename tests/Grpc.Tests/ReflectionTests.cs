using Exporter.Shapes.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Alpha = Grpc.Reflection.V1Alpha;

namespace Exporter.Grpc;

public sealed class ReflectionTests
{
    private const string File = "exporter/shapes/v1/shapes_service.proto";
    private const string Parts = "exporter/shapes/v1/parts.proto";
    private const string Descriptor = "google/protobuf/descriptor.proto";
    private const string MethodOptions = "google.protobuf.MethodOptions";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_lists_the_services_that_are_mapped()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new() { Host = "here", ListServices = "" });

        answer.ValidHost.ShouldBe("here");
        answer.OriginalRequest.MessageRequestCase.ShouldBe(ServerReflectionRequest.MessageRequestOneofCase.ListServices);
        answer.ListServicesResponse.Service.Select(service => service.Name).ShouldBe(
        [
            "exporter.echo.v1.EchoService",
            "exporter.shapes.v1.ShapesService",
            "grpc.reflection.v1.ServerReflection",
            "grpc.reflection.v1alpha.ServerReflection",
        ]);
    }

    [Theory]
    [InlineData("exporter.shapes.v1.ShapesService", File)]
    [InlineData("exporter.shapes.v1.ShapesService.Draw", File)]
    [InlineData("exporter.shapes.v1.Shape", File)]
    [InlineData("exporter.shapes.v1.Shape.color", File)]
    [InlineData("exporter.shapes.v1.Shape.middle", File)]
    [InlineData("exporter.shapes.v1.Shape.Hole", File)]
    [InlineData("exporter.shapes.v1.Shape.Hole.kind", File)]
    [InlineData("exporter.shapes.v1.Shape.Hole.Kind", File)]
    [InlineData("exporter.shapes.v1.Shape.Hole.KIND_UNSPECIFIED", File)]
    [InlineData("exporter.shapes.v1.Shape.Hole.depth", File)]
    [InlineData("exporter.shapes.v1.Color", File)]
    [InlineData("exporter.shapes.v1.COLOR_RED", File)]
    [InlineData("exporter.shapes.v1.audience", File)]
    [InlineData("exporter.shapes.v1.Corner", Parts)]
    [InlineData("grpc.reflection.v1.ErrorResponse", "grpc/reflection/v1/reflection.proto")]
    public async Task It_finds_the_file_of_a_symbol(string symbol, string file)
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(server, new() { FileContainingSymbol = symbol });
        Files(answer)[0].Name.ShouldBe(file);
    }

    [Fact]
    public async Task A_file_comes_with_all_that_it_depends_on_once_and_unchanged()
    {
        await using var server = await StartAsync();

        var answer = await AskAsync(server, new() { FileByFilename = File });

        Files(answer).Select(file => file.Name).ShouldBe([File, Parts, Descriptor]);
        answer.FileDescriptorResponse.FileDescriptorProto[0].ShouldBe(ShapesServiceReflection.Descriptor.SerializedData);
    }

    [Fact]
    public async Task What_comes_is_enough_to_build_the_contract_from()
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(server, new() { FileContainingSymbol = "exporter.shapes.v1.ShapesService" });

        var built = FileDescriptor.BuildFromByteStrings(answer.FileDescriptorResponse.FileDescriptorProto.Reverse());

        built[^1].Services.Single().FindMethodByName("Draw").InputType.FullName.ShouldBe("exporter.shapes.v1.Shape");
    }

    [Theory]
    [InlineData(50001)]
    [InlineData(50002)]
    public async Task It_finds_the_file_of_an_extension(int number)
    {
        await using var server = await StartAsync();
        var answer = await AskAsync(
            server, new() { FileContainingExtension = new() { ContainingType = MethodOptions, ExtensionNumber = number } });
        Files(answer)[0].Name.ShouldBe(File);
    }

    [Fact]
    public async Task It_numbers_the_extensions_of_a_message()
    {
        await using var server = await StartAsync();

        var extended = await AskAsync(server, new() { AllExtensionNumbersOfType = MethodOptions });
        var plain = await AskAsync(server, new() { AllExtensionNumbersOfType = "exporter.shapes.v1.Corner" });

        extended.AllExtensionNumbersResponse.BaseTypeName.ShouldBe(MethodOptions);
        extended.AllExtensionNumbersResponse.ExtensionNumber.ShouldBe([50001, 50002]);
        plain.AllExtensionNumbersResponse.ExtensionNumber.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_the_next_request_is_answered()
    {
        await using var server = await StartAsync();
        ServerReflectionRequest[] requests =
        [
            new() { FileByFilename = "nothing.proto" },
            new() { FileContainingSymbol = "exporter.shapes.v1.Nothing" },
            new() { FileContainingExtension = new() { ContainingType = MethodOptions, ExtensionNumber = 1 } },
            new() { FileContainingExtension = new() { ContainingType = "exporter.shapes.v1.Nothing", ExtensionNumber = 1 } },
            new() { AllExtensionNumbersOfType = "exporter.shapes.v1.Nothing" },
            new() { Host = "nothing asked" },
            new() { ListServices = "*" },
        ];

        var answers = await AskAllAsync(server, requests);

        answers.Select(answer => answer.OriginalRequest).ShouldBe(requests);
        answers[..5].ShouldAllBe(answer => answer.ErrorResponse.ErrorCode == (int)StatusCode.NotFound && answer.ErrorResponse.ErrorMessage != "");
        answers[5].ErrorResponse.ErrorCode.ShouldBe((int)StatusCode.Unimplemented);
        answers[6].ListServicesResponse.Service.Count.ShouldBe(4);
    }

    [Fact]
    public async Task The_older_version_says_the_same()
    {
        await using var server = await StartAsync();
        using var call = new Alpha.ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Cancel);

        foreach (var request in new ServerReflectionRequest[] { new() { ListServices = "" }, new() { FileByFilename = File }, new() { FileByFilename = "no" } })
        {
            await call.RequestStream.WriteAsync(Alpha.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()), Cancel);
            (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
            call.ResponseStream.Current.ToByteString().ShouldBe((await AskAsync(server, request)).ToByteString());
        }
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext(Cancel)).ShouldBeFalse();
    }

    private static Task<EchoServer> StartAsync() => EchoServer.StartAsync(
        add: services => services.AddGrpcReflection(),
        map: app =>
        {
            app.MapGrpcService<Shapes>();
            app.MapGrpcReflectionService();
        });

    private static async Task<ServerReflectionResponse> AskAsync(EchoServer server, ServerReflectionRequest request) =>
        (await AskAllAsync(server, request)).Single();

    private static async Task<List<ServerReflectionResponse>> AskAllAsync(EchoServer server, params ServerReflectionRequest[] requests)
    {
        using var call = new ServerReflection.ServerReflectionClient(server.Channel).ServerReflectionInfo(cancellationToken: Cancel);
        foreach (var request in requests)
            await call.RequestStream.WriteAsync(request, Cancel);
        await call.RequestStream.CompleteAsync();
        var answers = new List<ServerReflectionResponse>();
        while (await call.ResponseStream.MoveNext(Cancel))
            answers.Add(call.ResponseStream.Current);
        return answers;
    }

    private static List<FileDescriptorProto> Files(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(FileDescriptorProto.Parser.ParseFrom)];

    private sealed class Shapes : ShapesService.ShapesServiceBase;
}
