using System.Net;

namespace Exporter.Ingest;

public sealed class HttpDoorTests
{
    private const string V0Body = """{"items":[{"lat":51.5,"lon":-0.1,"wifi":[{"key":"01005e901000"}]}]}""";
    private const string V1Body = """{"items":[{"latitude":51.5,"longitude":-0.1,"cellTowers":[{"radioType":"umts","psc":7}]}]}""";

    [Fact]
    public async Task A_v2_report_is_stored_before_the_answer()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldBe("{}");
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        var stored = host.Store.Reports.ShouldHaveSingleItem();
        stored.ApiKey.ShouldBeNull();
        stored.Source.ShouldBe("gnss");
        stored.Report.WifiAccessPoints[0].MacAddress.ShouldBe("01005e901000");
        stored.Report.Position.LatitudeDegrees.ShouldBe(51.5);
    }

    [Fact]
    public async Task V1_submit_answers_204_with_neither_body_nor_content_type()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(V0Body, "/v1/submit");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Content.Headers.ContentType.ShouldBeNull();
        (await response.BodyAsync()).ShouldBeEmpty();
        host.Store.Reports.ShouldHaveSingleItem().Report.WifiAccessPoints[0].MacAddress.ShouldBe("01005e901000");
    }

    [Fact]
    public async Task V1_geosubmit_reads_the_position_from_the_report()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(V1Body, "/v1/geosubmit");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var report = host.Store.Reports.ShouldHaveSingleItem().Report;
        report.Position.LongitudeDegrees.ShouldBe(-0.1);
        report.CellTowers[0].PrimaryScramblingCode.ShouldBe(7);
    }

    [Theory]
    [InlineData("GET", "/v2/geosubmit")]
    [InlineData("GET", "/v1/geosubmit")]
    [InlineData("GET", "/v1/submit")]
    [InlineData("POST", "/v2/geosubmit")]
    [InlineData("POST", "/v1/submit")]
    public async Task A_request_without_a_body_is_a_parse_error_without_details(string method, string path)
    {
        await using var host = await IngestHost.StartAsync();

        using var request = new HttpRequestMessage(new(method), path);
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        (await response.BodyAsync()).ShouldBe(
            """{"error":{"errors":[{"domain":"global","reason":"parseError","message":"Parse Error"}],"code":400,"message":"Parse Error"}}""");
    }

    [Fact]
    public async Task HEAD_is_400()
    {
        await using var host = await IngestHost.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, "/v2/geosubmit");
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.BodyAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task Other_methods_are_405(string method)
    {
        await using var host = await IngestHost.StartAsync();

        using var request = new HttpRequestMessage(new(method), "/v2/geosubmit") { Content = new StringContent("{}") };
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST", "OPTIONS"]);
    }

    [Theory]
    [InlineData("OPTIONS", HttpStatusCode.OK)]
    [InlineData("GET", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", HttpStatusCode.MethodNotAllowed)]
    public async Task Every_answer_carries_the_common_headers(string method, HttpStatusCode status)
    {
        await using var host = await IngestHost.StartAsync();

        using var request = new HttpRequestMessage(new(method), "/v1/geosubmit");
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(status);
        Header("Access-Control-Allow-Origin").ShouldBe("*");
        Header("Access-Control-Max-Age").ShouldBe("2592000");
        Header("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
        Header("X-Content-Type-Options").ShouldBe("nosniff");

        string Header(string name) => response.Headers.GetValues(name).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_preflight_learns_what_a_browser_may_send()
    {
        await using var host = await IngestHost.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Options, "/v2/geosubmit");
        using var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("POST");
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Idempotency-Key");
        (await response.BodyAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Empty_items_are_taken_and_store_nothing()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync("""{"items":[]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldBe("{}");
        host.Store.Entered.ShouldBe(0);
    }
}
