using Grpc.Core;

namespace Exporter.Grpc;

public sealed class MetadataTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_and_bytes_go_there_as_headers_and_back_as_headers_and_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        byte[] bytes = [0, 255, 10, 44, 61];
        byte[] none = [];
        var headers = new Metadata { { "Mirror-Text", "a, b" }, { "mirror-bytes-bin", bytes }, { "mirror-empty-bin", none } };

        using var call = server.Client.SayAsync(new() { Text = "metadata" }, headers, cancellationToken: Cancel);
        var response = await call.ResponseHeadersAsync;
        await call;

        foreach (var mirrored in new[] { response, call.GetTrailers() })
        {
            mirrored.GetValue("mirror-text").ShouldBe("a, b");
            mirrored.GetValueBytes("mirror-bytes-bin").ShouldBe(bytes);
            mirrored.GetValueBytes("mirror-empty-bin").ShouldBe([]);
        }
    }

    [Fact]
    public async Task A_name_may_come_twice()
    {
        await using var server = await EchoServer.StartAsync();
        var headers = new Metadata { { "mirror-bytes-bin", [1] }, { "mirror-bytes-bin", [2] } };

        using var call = server.Client.SayAsync(new() { Text = "metadata" }, headers, cancellationToken: Cancel);
        await call;

        call.GetTrailers().GetAll("mirror-bytes-bin").Select(entry => entry.ValueBytes.Single()).ShouldBe([(byte)1, (byte)2]);
    }

    [Theory]
    [InlineData("grpc-timeout", "1S")]
    [InlineData("content-type", "text/plain")]
    [InlineData("mirror-text", "bell \a")]
    public async Task What_belongs_to_the_protocol_or_does_not_fit_it_is_refused(string name, string value)
    {
        await using var server = await EchoServer.StartAsync();

        using var call = server.Client.SayAsync(new(), new Metadata { { name, value } }, cancellationToken: Cancel);

        var failure = await Should.ThrowAsync<RpcException>(call.ResponseAsync);
        failure.StatusCode.ShouldBe(StatusCode.Internal);
        failure.Status.Detail.ShouldContain($"Metadata '{name}'");
    }

    [Fact]
    public async Task A_header_that_HTTP_takes_and_metadata_do_not_is_left_out()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(
            RawCall.Say("metadata"), ("odd!name", "x"), ("mirror-bin", "no base64 at all!"), ("mirror-text", "y"), ("user-agent", "z"));

        (await RawCall.StatusOf(response)).Status.ShouldBe("0");
        response.Headers.GetValues("mirror-text").ShouldBe(["y"]);
        response.Headers.Contains("mirror-bin").ShouldBeFalse();
    }

    [Fact]
    public void Names_are_lower_case_and_kept_to_what_HTTP2_takes()
    {
        new Metadata.Entry("X-Api-Key", "k").Key.ShouldBe("x-api-key");
        Should.Throw<ArgumentException>(() => new Metadata.Entry("a b", "v"));
        Should.Throw<ArgumentException>(() => new Metadata.Entry("a-bin", "text"));
        Should.Throw<ArgumentException>(() => new Metadata.Entry("a", [1]));
        Should.Throw<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
    }
}
