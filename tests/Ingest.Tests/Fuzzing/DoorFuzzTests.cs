using System.Collections.Concurrent;
using System.Net;
using Exporter.Delivery.Blocks;
using Exporter.Geosubmit.Fuzzing;
using Exporter.Ingest.Http;
using Exporter.Ingest.Policy;
using Grpc.Core;

namespace Exporter.Ingest.Fuzzing;

/// <summary>Bad input in number: no 500, no hang, no memory kept, nothing stored that breaks a rule.</summary>
public sealed class DoorFuzzTests
{
    private const long MostMemory = 1024L * 1024 * 1024;

    private static readonly HttpStatusCode[] ExpectedStatuses =
        [HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge];

    private readonly ConcurrentDictionary<object, int> answers = new();
    private readonly ReportPolicy policy = new(TimeSpan.FromDays(365));

    [Fact]
    public async Task Whatever_comes_over_HTTP_is_answered()
    {
        await using var host = await StartAsync();
        byte[][] bodies = [.. ClientSample.Names.Select(name => ClientSample.Load(name, host.Clock.GetUtcNow()).Body)];

        await FuzzRun.RunAsync(
            seed => new JsonMutator(seed, bodies).Next,
            async (body, i) =>
            {
                var route = SubmitRoute.All[i % SubmitRoute.All.Count].Path;
                using var response = await SendAsync(host, body, route, i % 7);
                ExpectedStatuses.ShouldContain(response.StatusCode);
                answers.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            });

        Finish(host);
        answers[HttpStatusCode.BadRequest].ShouldBeGreaterThan(FuzzRun.InputsOfOneDoor / 10);
    }

    [Fact]
    public async Task Whatever_comes_over_gRPC_is_answered()
    {
        await using var host = await StartAsync();
        using var calls = new RawCalls(host);

        await FuzzRun.RunAsync(
            seed => new MessageMutator(new Random(seed), host.Clock.GetUtcNow()).Next,
            async (message, i) =>
            {
                var status = i % 2 == 0 ? await calls.SubmitAsync(message) : await calls.StreamAsync(message);
                new[] { StatusCode.OK, StatusCode.InvalidArgument }.ShouldContain(status);
                answers.AddOrUpdate(status, 1, (_, count) => count + 1);
            });

        Finish(host);
        answers[StatusCode.OK].ShouldBeGreaterThan(FuzzRun.InputsOfOneDoor / 10);
        answers[StatusCode.InvalidArgument].ShouldBeGreaterThan(FuzzRun.InputsOfOneDoor / 100);
    }

    private static Task<HttpResponseMessage> SendAsync(IngestHost host, byte[] body, string route, int how) => how switch
    {
        0 => host.PostAsync(HttpCalls.Gzip(body), route, contentEncoding: "gzip"),
        1 => host.PostAsync(Spoilt(HttpCalls.Gzip(body)), route, contentEncoding: "gzip"),
        2 => host.PostAsync(Spoilt(HttpCalls.Brotli(body)), route, contentEncoding: "br"),
        3 => host.PostAsync(body, route, contentType: "application/json; charset=utf-16"),
        _ => host.PostAsync(body, route),
    };

    private static byte[] Spoilt(byte[] packed) => ByteChange.Apply(packed, new Random(packed.Length));

    private Task<IngestHost> StartAsync() => IngestHost.StartAsync(host => host.Store.Inspect = report =>
    {
        var kept = report.Clone();
        if (!policy.Judge(report, host.Clock.GetUtcNow().ToUnixTimeMilliseconds()).IsAccepted || !report.Equals(kept))
            throw new InvalidOperationException("A stored report breaks a rule.");
    });

    private static void Finish(IngestHost host)
    {
        host.Logs.All.ShouldBeEmpty();
        host.Store.Inspected.ShouldBeGreaterThan(0);
        ((ByteBudget)host.Services.GetService(typeof(ByteBudget))!).Taken.ShouldBe(0);
        ((GroupCommitter)host.Services.GetService(typeof(GroupCommitter))!).HeldBytes.ShouldBe(0);
        Environment.WorkingSet.ShouldBeLessThan(MostMemory);
    }
}
