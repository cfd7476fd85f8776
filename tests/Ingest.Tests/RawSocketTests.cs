using System.Net.Sockets;
using System.Text;

namespace Exporter.Ingest;

public sealed class RawSocketTests
{
    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n{\"items\":[]}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n20\r\n{\"items\":[]}")]
    public async Task A_body_that_ends_too_early_is_no_report_and_no_crash(string rest)
    {
        await using var host = await IngestHost.StartAsync();

        await SendAsync(host, $"POST /v2/geosubmit HTTP/1.1\r\nHost: x\r\n{rest}", closeEarly: true);

        using var next = await host.PostAsync("""{"items":[]}""");
        next.IsSuccessStatusCode.ShouldBeTrue();
        host.Store.Entered.ShouldBe(0);
        host.Logs.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", "400")]
    [InlineData("Content-Length: 99999999999\r\n\r\n{}", "413")]
    [InlineData("Content-Length: -1\r\n\r\n{}", "400")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400")]
    public async Task A_lie_about_the_length_is_answered(string rest, string status)
    {
        await using var host = await IngestHost.StartAsync();

        var answer = await SendAsync(host, $"POST /v2/geosubmit HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{rest}");

        answer.ShouldStartWith($"HTTP/1.1 {status}");
        host.Store.Entered.ShouldBe(0);
    }

    [Fact]
    public async Task What_follows_a_body_is_the_next_request()
    {
        await using var host = await IngestHost.StartAsync();
        const string First = "POST /v2/geosubmit HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n{\"items\":[]}";
        const string Second = "GET /v1/submit HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

        var answer = await SendAsync(host, First + Second);

        answer.ShouldStartWith("HTTP/1.1 200");
        answer.ShouldContain("HTTP/1.1 400");
    }

    private static async Task<string> SendAsync(IngestHost host, string request, bool closeEarly = false)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(host.HttpAddress.Host, host.HttpAddress.Port, cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), cancel);
        if (closeEarly)
            client.Client.Shutdown(SocketShutdown.Send);
        return await ReadAsync(stream, cancel);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancel)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var read)
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Kestrel cuts off a client that still owes a body; its answer is there by then.
        }

        return answer.ToString();
    }
}
