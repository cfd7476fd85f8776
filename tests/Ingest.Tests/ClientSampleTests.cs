using System.Net;

namespace Exporter.Ingest;

public sealed class ClientSampleTests
{
    public static TheoryData<string> Names { get; } = [.. ClientSample.Names];

    [Theory, MemberData(nameof(Names))]
    public async Task What_todays_clients_send_is_stored_whole(string name)
    {
        await using var host = await IngestHost.StartAsync();
        var sample = ClientSample.Load(name, host.Clock.GetUtcNow());

        using var plain = await host.PostAsync(sample.Body, sample.Path);
        using var packed = await host.PostAsync(HttpCalls.Gzip(sample.Body), sample.Path, contentEncoding: "gzip");

        plain.StatusCode.ShouldBe(HttpStatusCode.OK);
        packed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await plain.BodyAsync()).ShouldBe("{}");
        host.Store.Reports.Count.ShouldBe(2 * sample.Count);
        host.Store.Reports.Skip(sample.Count).Select(stored => stored.Report)
            .ShouldBe(host.Store.Reports.Take(sample.Count).Select(stored => stored.Report));
    }
}
