using System.Net;

namespace Exporter.Grpc;

public sealed class BrokenRequestTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/grpc-web")]
    [InlineData("text/plain")]
    public async Task Another_content_type_is_415(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync("Say", contentType, HttpVersion.Version20, RawCall.Say("hello"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc; charset=utf-8")]
    public async Task A_gRPC_content_type_is_answered(string contentType)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync("Say", contentType, HttpVersion.Version20, RawCall.Say("hello"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RawCall.StatusOf(response)).ShouldBe(("0", null));
    }

    public static TheoryData<string, byte[], string> Broken => new()
    {
        { "no message", [], "13" },
        { "half a header", [0, 0, 0], "13" },
        { "a message cut off", RawCall.Frame(0, 10, 1, 2, 3), "13" },
        { "a length that lies beyond the limit", RawCall.Frame(0, int.MaxValue, 1, 2, 3), "8" },
        { "a negative length", RawCall.Frame(0, -1, 1, 2, 3), "8" },
        { "a length that lies short", RawCall.Frame(0, 1, 1, 2, 3), "13" },
        { "a flag of compression without a payload", RawCall.Frame(1, 0), "13" },
        { "an unknown flag", RawCall.Frame(7, 0), "13" },
        { "a compressed message without an encoding", RawCall.Frame(1, 3, 1, 2, 3), "13" },
        { "two messages", [.. RawCall.Say("a"), .. RawCall.Say("b")], "13" },
        { "bytes that are no protobuf", RawCall.Frame(0, 3, 255, 255, 255), "13" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task A_broken_request_is_answered_with_a_status(string what, byte[] body, string status)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(body);

        (await RawCall.StatusOf(response)).Status.ShouldBe(status, what);
        (await server.Client.SayAsync(new() { Text = "still there" }, cancellationToken: TestContext.Current.CancellationToken))
            .Text.ShouldBe("still there");
    }

    [Fact]
    public async Task An_encoding_that_nobody_knows_is_unimplemented_and_the_known_ones_are_told()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(RawCall.Say("hello"), ("grpc-encoding", "snappy"));

        (await RawCall.StatusOf(response)).Status.ShouldBe("12");
        response.Headers.GetValues("grpc-accept-encoding").ShouldBe(["identity,gzip"]);
    }

    [Fact]
    public async Task An_error_without_a_message_comes_in_the_headers_alone()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(RawCall.Say("fail"));

        response.Headers.GetValues("grpc-status").ShouldBe(["9"]);
        response.Headers.GetValues("grpc-message").ShouldBe(["%C3%BCn%C3%BCsual 100%25%0A"]);
        response.Headers.GetValues("grpc-status-details-bin").ShouldBe(["AQID"]);
    }

    [Fact]
    public async Task Other_requests_pass_by()
    {
        await using var server = await EchoServer.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.Address}/some/page")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
