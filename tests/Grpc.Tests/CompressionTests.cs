using System.IO.Compression;
using Exporter.Echo.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Exporter.Grpc;

public sealed class CompressionTests
{
    private static readonly Metadata Gzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_and_responses_are_packed_where_both_sides_agree()
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        var payload = ByteString.CopyFrom(new byte[1 << 20]);

        using var call = server.Client.SayAsync(new() { Payload = payload }, Gzip, cancellationToken: Cancel);

        (await call).Payload.ShouldBe(payload);
    }

    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("identity, gzip", 1)]
    [InlineData("identity", 0)]
    [InlineData("deflate", 0)]
    public async Task A_response_is_packed_only_for_a_caller_that_takes_it(string accepted, byte flag)
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var raw = new RawCall(server.Address);

        using var response = await raw.SendAsync(RawCall.Say("hello"), ("grpc-accept-encoding", accepted));
        var body = await response.Content.ReadAsByteArrayAsync(Cancel);

        body[0].ShouldBe(flag);
        response.Headers.Contains("grpc-encoding").ShouldBe(flag == 1);
    }

    [Fact]
    public async Task Streams_are_packed_message_by_message()
    {
        await using var server = await EchoServer.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");
        using var call = server.Client.Chat(Gzip, cancellationToken: Cancel);

        for (var i = 0; i < 20; i++)
        {
            call.RequestStream.WriteOptions = new(i % 2 == 0 ? default : WriteFlags.NoCompress);
            await call.RequestStream.WriteAsync(new() { Payload = ByteString.CopyFrom(new byte[i * 1_000]) }, Cancel);
            (await call.ResponseStream.MoveNext(Cancel)).ShouldBeTrue();
            call.ResponseStream.Current.Payload.Length.ShouldBe(i * 1_000);
        }
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);
        var bomb = Pack(new byte[100 << 20]);

        using var response = await raw.SendAsync(RawCall.Frame(1, bomb.Length, bomb), ("grpc-encoding", "gzip"));

        (await RawCall.StatusOf(response)).Status.ShouldBe("8");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Broken_gzip_is_answered(int kept)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);
        var packed = Pack(new SayRequest { Text = "hello" }.ToByteArray());
        byte[] broken = [.. packed[..kept], .. new byte[20]];

        using var response = await raw.SendAsync(RawCall.Frame(1, broken.Length, broken), ("grpc-encoding", "gzip"));

        (await RawCall.StatusOf(response)).Status.ShouldBe("13");
    }

    [Fact]
    public async Task Gzip_that_breaks_off_anywhere_is_refused_and_so_is_what_follows_its_end()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = new RawCall(server.Address);
        var packed = Pack(new SayRequest { Text = "hello", Count = 7 }.ToByteArray(), CompressionLevel.NoCompression);
        var broken = Enumerable.Range(1, packed.Length - 1).Select(length => packed[..length]).Append([.. packed, 0]).Append([.. packed, 1, 2, 3, 4, 5]);

        foreach (var each in broken)
        {
            using var response = await raw.SendAsync(RawCall.Frame(1, each.Length, each), ("grpc-encoding", "gzip"));
            (await RawCall.StatusOf(response)).Status.ShouldBe("13", $"{each.Length} of {packed.Length} bytes");
        }

        using var whole = await raw.SendAsync(RawCall.Frame(1, packed.Length, packed), ("grpc-encoding", "gzip"));
        (await RawCall.StatusOf(whole)).Status.ShouldBe("0");
    }

    private static byte[] Pack(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
