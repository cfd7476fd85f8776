using System.Net;

namespace Exporter.Ingest;

public sealed class HttpErrorTests
{
    [Theory]
    [InlineData("{\"items\":[", "not valid JSON")]
    [InlineData("nonsense", "not valid JSON")]
    public async Task Broken_JSON_is_a_parse_error_that_says_where(string body, string why)
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var json = await response.JsonAsync();
        json.GetProperty("error").GetProperty("errors")[0].GetProperty("reason").GetString().ShouldBe("parseError");
        json.GetProperty("details").GetProperty("decode").GetString()!.ShouldContain(why);
    }

    [Theory]
    [InlineData("{}", "items")]
    [InlineData("{\"items\":null}", "items")]
    [InlineData("{\"items\":[{\"wifiAccessPoints\":[{\"macAddress\":10}]}]}", "items.0.wifiAccessPoints.0.macAddress")]
    [InlineData("{\"items\":[{\"timestamp\":\"abc\"}]}", "items.0.timestamp")]
    [InlineData("{\"items\":[{\"wifiAccessPoints\":null}]}", "items.0.wifiAccessPoints")]
    public async Task When_every_report_has_a_type_error_details_name_the_paths(string body, string path)
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.JsonAsync()).GetProperty("details").GetProperty("validation").GetProperty(path).GetString().ShouldNotBeNullOrEmpty();
        host.Store.Entered.ShouldBe(0);
    }

    [Fact]
    public async Task Bad_reports_among_good_ones_are_rejected_alone_in_the_order_of_the_body()
    {
        await using var host = await IngestHost.StartAsync();
        var now = host.Clock.GetUtcNow();
        var outside = Sample.Item(now).Replace("51.5", "91", StringComparison.Ordinal);
        var mistyped = Sample.Item(now, more: ",\"cellTowers\":[{\"cellId\":\"x\"}]");

        using var response = await host.PostAsync(Sample.Items(outside, mistyped, Sample.Item(now), outside));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var rejected = (await response.JsonAsync()).GetProperty("rejected").EnumerateArray().Select(report =>
        (
            report.GetProperty("index").GetInt32(),
            report.GetProperty("field").GetString(),
            report.GetProperty("reason").GetString(),
            report.GetProperty("message").GetString()!.EndsWith('.')
        ));
        rejected.ShouldBe(
        [
            (0, "position.latitude", "outOfRange", true),
            (1, "cellTowers.0.cellId", "invalidType", true),
            (3, "position.latitude", "outOfRange", true),
        ]);
        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Each_version_names_its_own_fields()
    {
        await using var host = await IngestHost.StartAsync();

        using var v1 = await host.PostAsync("""{"items":[{"latitude":91,"cellTowers":[{}]},{}]}""", "/v1/geosubmit");
        using var v0 = await host.PostAsync("""{"items":[{"lat":91,"cell":[{}]},{}]}""", "/v1/submit");

        (await v1.JsonAsync()).GetProperty("rejected")[0].GetProperty("field").GetString().ShouldBe("latitude");
        v0.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Reports_that_are_all_out_of_range_are_200()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync("""{"items":[{"position":{"longitude":180.5},"cellTowers":[{}]}]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.JsonAsync()).GetProperty("rejected").GetArrayLength().ShouldBe(1);
        host.Store.Entered.ShouldBe(0);
    }

    [Fact]
    public async Task Privacy_age_and_missing_networks_are_200_and_silent()
    {
        await using var host = await IngestHost.StartAsync();
        var now = host.Clock.GetUtcNow();
        var hidden = """{"wifiAccessPoints":[{"macAddress":"01005e901000","ssid":""},{"macAddress":"01005e901001","ssid":"x_nomap"}]}""";

        using var response = await host.PostAsync(
            Sample.Items("{}", hidden, Sample.Item(now.AddDays(-366)), Sample.Item(now.AddHours(25))));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldBe("{}");
        host.Store.Entered.ShouldBe(0);
    }

    [Fact]
    public async Task A_refusing_store_is_503_with_RetryAfter_before_the_body_is_read()
    {
        await using var host = await IngestHost.StartAsync();
        host.Store.Refusal = new("store_full", "The disk is full.", TimeSpan.FromMilliseconds(1500));

        using var response = await host.PostAsync("not even JSON");

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await response.BodyAsync()).ShouldBe(
            """{"error":{"errors":[{"domain":"global","reason":"serviceUnavailable","message":"Service Unavailable"}],"code":503,"message":"Service Unavailable"}}""");
    }

    [Fact]
    public async Task A_commit_that_fails_is_503_and_logged_once()
    {
        await using var host = await IngestHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            host.Store.FailCommit(new IOException("disk on fire"));
            using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()));
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        host.Logs.Count(1001).ShouldBe(1);
    }

    [Fact]
    public async Task A_full_group_commit_is_503()
    {
        await using var host = await IngestHost.StartAsync(host => host.Settings["Ingest:GroupCommit:MaxHeldBytes"] = "1048576");
        var open = new TaskCompletionSource();
        host.Store.Open = open.Task;
        var body = Sample.Json(host.Clock.GetUtcNow(), 9000);

        var first = host.PostAsync(body);
        await Eventually.BecomesTrueAsync(() => host.Store.Entered == 1);
        var second = host.PostAsync(body);
        var third = host.PostAsync(body);
        var answered = await Task.WhenAny(second, third);
        using var response = await answered;
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));

        open.SetResult();
        using var firstAnswer = await first;
        firstAnswer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var other = await (answered == second ? third : second);
    }
}
