using System.Diagnostics;
using System.Net;
using Exporter.Delivery.Addresses;
using Exporter.TestKit.Objects;

namespace Exporter.S3Export.Tests.Addresses;

public sealed class GuardedHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1:9/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("http://[::ffff:127.0.0.1]:9/")]
    [InlineData("http://2130706433:9/")]
    [InlineData("http://localhost:9/")]
    [InlineData("http://inside.example:9/")]
    public async Task A_host_that_leads_inside_is_refused(string url)
    {
        using var http = new HttpClient(GuardedHttp.CreateHandler(AllowedHosts.None, ResolveAsync));

        var fault = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(url), TestContext.Current.CancellationToken));

        fault.InnerException.ShouldBeOfType<AddressRefusedException>();
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_its_allowed_address_is_the_one_connected_to()
    {
        await using var s3 = await S3Double.StartAsync();
        var asked = 0;
        using var http = new HttpClient(GuardedHttp.CreateHandler(
            new AllowedHosts(["Store.Example."]),
            (_, _) => Task.FromResult<IPAddress[]>([++asked == 1 ? IPAddress.Loopback : IPAddress.None])));

        using var answer = await http.GetAsync(new Uri($"http://store.example:{new Uri(s3.Endpoint).Port}/reports"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_literal_is_allowed_as_it_is_written()
    {
        await using var s3 = await S3Double.StartAsync();
        using var http = new HttpClient(GuardedHttp.CreateHandler(new AllowedHosts(["127.0.0.1"]), ResolveAsync));

        using var answer = await http.GetAsync(new Uri($"{s3.Endpoint}/reports"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_trace_gets_the_address_because_it_may_hold_an_API_key()
    {
        await using var s3 = await S3Double.StartAsync();
        using var http = new HttpClient(GuardedHttp.CreateHandler(new AllowedHosts(["127.0.0.1"]), ResolveAsync));
        var traced = new List<string?>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Add(activity.GetTagItem("url.full")?.ToString()),
        };
        ActivitySource.AddActivityListener(listener);

        using var answer = await http.GetAsync(new Uri($"{s3.Endpoint}/reports/secret-key"), TestContext.Current.CancellationToken);

        traced.ShouldNotContain(url => url != null && url.Contains("secret-key", StringComparison.Ordinal));
    }

    [Fact]
    public void Entries_that_are_no_hosts_are_refused_with_a_sentence() =>
        AllowedHosts.Problems("Exporter:AllowedHosts", ["minio.local", "10.0.0.1", "[fd00::1]", "http://minio", "a b"]).ShouldBe(
        [
            "'Exporter:AllowedHosts' must hold host names or addresses without scheme, port or path, found 'http://minio'.",
            "'Exporter:AllowedHosts' must hold host names or addresses without scheme, port or path, found 'a b'.",
        ]);

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) =>
        Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.7"), IPAddress.IPv6Loopback]);
}
