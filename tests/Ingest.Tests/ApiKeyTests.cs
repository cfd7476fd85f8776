using System.Net;
using Exporter.Ingest.Keys;
using Exporter.Ingest.V1;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("known-key", "known-key")]
    [InlineData("unknown-key", null)]
    [InlineData("abc", null)]
    [InlineData("", null)]
    [InlineData("bad_key!", null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", null)]
    public async Task Reports_carry_a_known_key_and_are_anonymous_otherwise(string given, string? stored)
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("known-key"));
        using var calls = new GrpcCalls(host);
        var now = host.Clock.GetUtcNow();

        using var response = await host.PostAsync(Sample.Json(now), $"/v2/geosubmit?key={Uri.EscapeDataString(given)}");
        await calls.SubmitAsync(new Metadata { { "x-api-key", given } }, Sample.Report(now));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Reports.Select(report => report.ApiKey).ShouldBe([stored, stored]);
    }

    [Fact]
    public async Task What_is_no_key_at_all_is_not_looked_up()
    {
        await using var host = await IngestHost.StartAsync();

        using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), "/v2/geosubmit?key=abc");

        host.Keys.LookUps.ShouldBe(0);
    }

    [Theory]
    [InlineData(100, 0.999999, true)]
    [InlineData(50, 0.5, true)]
    [InlineData(50, 0.500001, false)]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    public async Task A_request_is_kept_or_sampled_out_as_a_whole(int percent, double chance, bool kept)
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("sampled", samplePercent: percent));
        host.Chance = chance;
        using var calls = new GrpcCalls(host);
        var now = host.Clock.GetUtcNow();

        var answer = await calls.SubmitAsync(new Metadata { { "x-api-key", "sampled" } }, Sample.Report(now), Sample.Report(now), new());
        using var response = await host.PostAsync(Sample.Json(now, 2), "/v2/geosubmit?key=sampled");

        (answer.AcceptedCount, answer.SampledOutCount).ShouldBe(kept ? (2, 0) : (0, 2));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldBe("{}");
        host.Store.Reports.Count.ShouldBe(kept ? 4 : 0);
    }

    [Fact]
    public async Task Anonymous_requests_are_never_sampled()
    {
        await using var host = await IngestHost.StartAsync();
        host.Chance = 0.999999;

        using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()));

        host.Store.Reports.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeat_of_a_sampled_out_request_gets_the_first_answer()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("sampled", samplePercent: 50));
        using var calls = new GrpcCalls(host);
        var report = Sample.Report(host.Clock.GetUtcNow());
        var headers = new Metadata { { "x-api-key", "sampled" }, { "idempotency-key", "k" } };

        host.Chance = 0.9;
        var first = await calls.SubmitAsync(headers, report);
        host.Chance = 0.1;
        var again = await calls.SubmitAsync(headers, report);

        first.SampledOutCount.ShouldBe(1);
        again.ShouldBe(first);
        host.Store.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_of_any_key_is_seen_unknown_keys_too()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("first", samplePercent: 0));
        using var calls = new GrpcCalls(host);
        await SubmitAsync("first");
        await SubmitAsync("second");
        host.Store.Reports.ShouldHaveSingleItem().ApiKey.ShouldBeNull();

        host.Keys.Put("first", samplePercent: 100);
        host.Keys.Put("second");

        await KeysOfNextAsync("first", "second");

        async Task KeysOfNextAsync(params string[] expected)
        {
            while (true)
            {
                var before = host.Store.Snapshot().Count;
                await SubmitAsync("first");
                await SubmitAsync("second");
                if (host.Store.Snapshot().Skip(before).Select(report => report.ApiKey).SequenceEqual(expected))
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
            }
        }

        Task<SubmitReportsResponse> SubmitAsync(string key) =>
            calls.SubmitAsync(new Metadata { { "x-api-key", key } }, Sample.Report(host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_revoked_key_is_seen_at_the_next_message_of_a_stream()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("gone"));
        using var calls = new GrpcCalls(host);
        using var stream = calls.Stream(new() { { "x-api-key", "gone" } });
        var cache = (KeyCache)host.Services.GetService(typeof(KeyCache))!;

        await SendAsync();
        await host.Keys.DeleteAsync("gone", TestContext.Current.CancellationToken);
        await Eventually.BecomesTrueAsync(() => cache.Count == 0);
        await SendAsync();

        host.Store.Reports.Select(report => report.ApiKey).ShouldBe(["gone", null]);

        async Task SendAsync()
        {
            await stream.SendAsync(new() { Reports = { Sample.Report(host.Clock.GetUtcNow()) } });
            (await stream.ResponseStream.MoveNext(TestContext.Current.CancellationToken)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task When_the_key_store_fails_a_key_that_is_not_remembered_is_refused_and_it_is_logged_once()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("limited", maxRequestsPerDay: 1, samplePercent: 0));
        host.Keys.Failure = new IOException("no database");

        for (var i = 0; i < 3; i++)
        {
            using var response = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), "/v2/geosubmit?key=limited");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
        }

        using var calls = new GrpcCalls(host);
        var refused = await Should.ThrowAsync<RpcException>(() =>
            calls.SubmitAsync(new Metadata { { "x-api-key", "limited" } }, Sample.Report(host.Clock.GetUtcNow())));
        refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
        using var anonymous = await host.PostAsync(Sample.Json(host.Clock.GetUtcNow()), "/v2/geosubmit");
        anonymous.StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Store.Reports.ShouldHaveSingleItem().ApiKey.ShouldBeNull();
        host.Logs.Count(1101).ShouldBe(1);
        host.Logs.All.ShouldAllBe(line => !line.Text.Contains("limited", StringComparison.Ordinal));
    }
}
