using System.Net;

namespace Exporter.Ingest;

public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_stores_nothing()
    {
        await using var host = await IngestHost.StartAsync();
        var now = host.Clock.GetUtcNow();
        var body = Sample.Items(Sample.Item(now).Replace("51.5", "91", StringComparison.Ordinal), Sample.Item(now));

        using var first = await host.PostAsync(body, idempotencyKey: "abc");
        host.Clock.Advance(TimeSpan.FromDays(400));
        using var again = await host.PostAsync(HttpCalls.Gzip(Sample.Bytes(body)), contentEncoding: "gzip", idempotencyKey: "abc");

        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.BodyAsync()).ShouldBe(await first.BodyAsync());
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_with_another_body_is_422()
    {
        await using var host = await IngestHost.StartAsync();

        using var first = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), idempotencyKey: "abc");
        using var other = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow(), 2), idempotencyKey: "abc");

        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await other.JsonAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(422);
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_stored_nothing_is_remembered_too()
    {
        await using var host = await IngestHost.StartAsync();

        using var first = await host.PostAsync("{\"items\":[]}", idempotencyKey: "abc");
        using var other = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), idempotencyKey: "abc");

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(128, HttpStatusCode.OK)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task A_key_has_at_most_128_characters(int length, HttpStatusCode status)
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), idempotencyKey: new string('k', length));

        response.StatusCode.ShouldBe(status);
        host.Store.Reports.Count.ShouldBe(status == HttpStatusCode.OK ? 1 : 0);
    }

    [Fact]
    public async Task V1_submit_repeats_its_204()
    {
        await using var host = await IngestHost.StartAsync();
        const string Body = """{"items":[{"lat":1,"lon":2,"cell":[{"cid":1}]}]}""";

        using var first = await host.PostAsync(Body, "/v1/submit", "abc");
        using var again = await host.PostAsync(Body, "/v1/submit", "abc");

        again.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        host.Store.Reports.Count.ShouldBe(1);
    }
}
