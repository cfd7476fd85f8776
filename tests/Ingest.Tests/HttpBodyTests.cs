using System.IO.Compression;
using System.Net;
using System.Text;

namespace Exporter.Ingest;

public sealed class HttpBodyTests
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    [InlineData("x-gzip")]
    [InlineData("br")]
    [InlineData("identity")]
    [InlineData("gzip, identity")]
    public async Task Packed_bodies_are_unpacked(string encoding)
    {
        await using var host = await IngestHost.StartAsync();
        var body = Sample.Bytes(Sample.Json(host.Clock.GetUtcNow(), 100));

        using var response = await host.PostAsync(
            encoding.Contains("zip", StringComparison.OrdinalIgnoreCase) ? HttpCalls.Gzip(body)
            : encoding == "br" ? HttpCalls.Brotli(body)
            : body,
            contentEncoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Reports.Count.ShouldBe(100);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task Other_codings_are_415_and_told_what_is_taken(string encoding)
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync([1, 2, 3], contentEncoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await response.JsonAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("gzip, br or identity");
    }

    [Theory]
    [InlineData("gzip", 20)]
    [InlineData("gzip", -1)]
    [InlineData("gzip", -8)]
    [InlineData("br", 20)]
    [InlineData("br", -1)]
    public async Task A_truncated_body_is_a_parse_error(string encoding, int length)
    {
        await using var host = await IngestHost.StartAsync();
        var body = Sample.Bytes(Sample.Json(host.Clock.GetUtcNow(), 50));
        var packed = encoding == "br" ? HttpCalls.Brotli(body) : HttpCalls.Gzip(body);

        using var response = await host.PostAsync(packed[..(length < 0 ? packed.Length + length : length)], contentEncoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("details").GetProperty("decode").GetString().ShouldNotBeNullOrEmpty();
        host.Store.Reports.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task What_is_not_packed_but_says_so_is_a_parse_error(string encoding)
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(Sample.Bytes(Sample.Json(host.Clock.GetUtcNow())), contentEncoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("details").GetProperty("decode").GetString()!.ShouldStartWith("The body can't be unpacked");
    }

    [Fact]
    public async Task A_body_of_ten_MiB_is_taken_and_one_byte_more_is_413()
    {
        await using var host = await IngestHost.StartAsync();
        var fits = Padded(Sample.Json(host.Clock.GetUtcNow()), 10 * MiB);

        using var taken = await host.PostAsync(fits);
        using var refused = await host.PostAsync([.. fits, (byte)' ']);

        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await refused.JsonAsync()).GetProperty("error").GetProperty("errors")[0].GetProperty("reason").GetString().ShouldBe("requestTooLarge");
    }

    [Fact]
    public async Task A_chunked_body_beyond_the_limit_is_413()
    {
        await using var host = await IngestHost.StartAsync(host =>
        {
            host.Settings["Ingest:Limits:MaxBodyBytes"] = "65536";
            host.Settings["Ingest:Limits:MaxUnpackedBytes"] = "1048576";
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/geosubmit")
        {
            Content = new StreamContent(new MemoryStream(Padded("{}", 65537))),
        };
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_is_413_and_its_memory_is_given_back(string encoding)
    {
        await using var host = await IngestHost.StartAsync();
        using var packed = new MemoryStream();
        using (Stream stream = encoding == "br"
            ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
            : new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[MiB];
            for (var i = 0; i < 300; i++)
                stream.Write(zeros);
        }

        using var response = await host.PostAsync(packed.ToArray(), contentEncoding: encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Budget(host).Taken.ShouldBe(0);
    }

    [Fact]
    public async Task Bodies_that_do_not_fit_into_memory_together_are_503()
    {
        await using var host = await IngestHost.StartAsync(host =>
        {
            host.Settings["Ingest:Limits:MaxBodyBytes"] = "1048576";
            host.Settings["Ingest:Limits:MaxUnpackedBytes"] = "1048576";
            host.Settings["Ingest:Limits:MaxHeldBodyBytes"] = "4194304";
        });
        Budget(host).TryTake(4_100_000).ShouldBeTrue();

        using var response = await host.PostAsync(Padded("{}", 500_000));

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.ShouldNotBeNull();
        Budget(host).Taken.ShouldBe(4_100_000);
    }

    [Fact]
    public async Task More_than_ten_thousand_reports_are_413()
    {
        await using var host = await IngestHost.StartAsync();

        using var taken = await host.PostAsync(Sample.Items(Enumerable.Repeat("{\"cellTowers\":[{}]}", 10_000)));
        using var refused = await host.PostAsync(Sample.Items(Enumerable.Repeat("{\"cellTowers\":[{}]}", 10_001)));

        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        host.Store.Reports.Count.ShouldBe(10_000);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("\"UTF-8\"")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public async Task The_charset_is_honoured(string charset)
    {
        await using var host = await IngestHost.StartAsync();
        var body = Sample.Items(Sample.Item(host.Clock.GetUtcNow(), more: ",\"carrier\":\"Müller\""));
        var bytes = Encoding.GetEncoding(charset.Trim('"')).GetBytes(body);

        using var response = await host.PostAsync(bytes, contentType: $"application/json; charset={charset}");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Reports.ShouldHaveSingleItem().Report.Carrier.ShouldBe("Müller");
    }

    [Fact]
    public async Task An_unknown_charset_is_a_parse_error()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync("{}"u8.ToArray(), contentType: "application/json; charset=klingon");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("details").GetProperty("decode").GetString()!.ShouldContain("charset");
    }

    [Fact]
    public async Task A_byte_order_mark_is_skipped()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync([0xEF, 0xBB, 0xBF, .. Sample.Bytes(Sample.Json(host.Clock.GetUtcNow()))]);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static Http.ByteBudget Budget(IngestHost host) => (Http.ByteBudget)host.Services.GetService(typeof(Http.ByteBudget))!;

    private static byte[] Padded(string json, int length) => Sample.Bytes(json.PadRight(length));
}
