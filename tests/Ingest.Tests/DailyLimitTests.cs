using System.Collections.Concurrent;
using System.Net;
using Exporter.Delivery.Keys;
using Google.Rpc;
using Grpc.Core;

namespace Exporter.Ingest;

public sealed class DailyLimitTests
{
    private static readonly DateTimeOffset Evening = new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Beyond_the_daily_limit_of_a_path_is_403_until_midnight()
    {
        await using var host = await StartAsync(limit: 2);

        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        using var refused = await host.PostAsync("{\"items\":[]}", "/v2/geosubmit?key=limited");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.BodyAsync()).ShouldBe(
            """{"error":{"errors":[{"domain":"usageLimits","reason":"dailyLimitExceeded","message":"You have exceeded your daily limit."}],"code":403,"message":"You have exceeded your daily limit."}}""");

        (await PostAsync(host, "/v1/geosubmit")).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host, "/v1/submit")).ShouldBe(HttpStatusCode.NoContent);
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Calls_and_messages_are_counted_and_told_when_to_come_back()
    {
        await using var host = await StartAsync(limit: 1);
        using var calls = new GrpcCalls(host);
        var key = new Metadata { { "x-api-key", "limited" } };

        await calls.SubmitAsync(key, Sample.Report(host.Clock.GetUtcNow()));
        var unary = await Should.ThrowAsync<RpcException>(() => calls.SubmitAsync(key, Sample.Report(host.Clock.GetUtcNow())));
        using var stream = calls.Stream(key);
        var reading = stream.ReadRefusedAsync();
        await stream.SendAsync(new() { SequenceNumber = 1, Reports = { Sample.Report(host.Clock.GetUtcNow()) } });
        await stream.SendAsync(new() { SequenceNumber = 2, Reports = { Sample.Report(host.Clock.GetUtcNow()) } });
        var (answers, streamed) = await reading;

        foreach (var refused in new[] { unary, streamed })
        {
            refused.StatusCode.ShouldBe(StatusCode.ResourceExhausted);
            GrpcCalls.DetailOf<RetryInfo>(refused).RetryDelay.ToTimeSpan().ShouldBeInRange(TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        }

        answers.ShouldHaveSingleItem().SequenceNumber.ShouldBe(1);
        host.Store.Reports.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Unlimited_keys_are_counted_too_and_counts_outlive_a_restart()
    {
        var saved = new MemoryLimitStore();
        await using (var host = await StartAsync(limit: 0, saved))
        {
            for (var i = 0; i < 3; i++)
                (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
            await host.StopAsync();
        }

        saved.Counts.ShouldHaveSingleItem().Value.ShouldBe(new("limited", "v2.geosubmit", new(2026, 11, 21), 3));
        await using (var host = await StartAsync(limit: 4, saved))
        {
            (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
            (await PostAsync(host)).ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_store_that_keeps_no_counts_is_logged_and_does_not_stop_the_service()
    {
        await using var host = await StartAsync(limit: 1, new MemoryLimitStore { Fails = true });

        (await PostAsync(host)).ShouldBe(HttpStatusCode.OK);
        await host.StopAsync();

        host.Logs.Count(1201).ShouldBe(1);
        host.Logs.Count(1202).ShouldBe(1);
    }

    private static Task<IngestHost> StartAsync(int limit, MemoryLimitStore? store = null) => IngestHost.StartAsync(
        host =>
        {
            host.Clock.MoveTo(Evening);
            host.Keys.Put("limited", limit);
        },
        store);

    private static async Task<HttpStatusCode> PostAsync(IngestHost host, string path = "/v2/geosubmit")
    {
        using var response = await host.PostAsync("{\"items\":[]}", $"{path}?key=limited");
        return response.StatusCode;
    }

    private sealed class MemoryLimitStore : ILimitStore
    {
        public ConcurrentDictionary<(string, string), RequestCount> Counts { get; } = new();

        public bool Fails { get; init; }

        public Task<IReadOnlyList<RequestCount>> LoadAsync(DateOnly day, CancellationToken cancel) => Fails
            ? throw new IOException("no database")
            : Task.FromResult<IReadOnlyList<RequestCount>>([.. Counts.Values.Where(count => count.Day == day)]);

        public Task SaveAsync(IReadOnlyList<RequestCount> counts, CancellationToken cancel)
        {
            if (Fails)
                throw new IOException("no database");
            foreach (var count in counts)
                Counts[(count.Key, count.Path)] = count;
            return Task.CompletedTask;
        }
    }
}
