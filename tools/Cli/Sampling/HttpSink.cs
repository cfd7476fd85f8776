using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Exporter.Cli.Calls;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Cli.Sampling;

internal sealed class HttpSink : ISampleSink
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly string _address;
    private readonly Uri _target;

    public HttpSink(string address, string? key)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new CommandFault($"--http must be an address such as http://127.0.0.1:8080, found '{address}'.");

        _address = address;
        _target = new Uri(uri, "/v2/geosubmit" + (key is null ? "" : $"?key={Uri.EscapeDataString(key)}"));
    }

    public async Task SendAsync(IReadOnlyList<Report> reports, Action<int, SubmitReportsResponse> answered, CancellationToken cancel)
    {
        using var content = new ByteArrayContent(Body(reports));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var response = await _client.PostAsync(_target, content, cancel);
            var answer = await response.Content.ReadAsStringAsync(cancel);
            if (response.StatusCode != HttpStatusCode.OK)
                throw new CommandFault($"{_address} answered {(int)response.StatusCode}: {answer}{RetryOf(response)}");

            answered(reports.Count, Read(answer, reports.Count));
        }
        catch (HttpRequestException e)
        {
            throw new CommandFault(
                $"{_address} can't be reached: {e.Message.TrimEnd('.')}. Is Exporter running there? Name another address with --http.");
        }
    }

    public Task FinishAsync(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] Body(IReadOnlyList<Report> reports)
    {
        using var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest))
            SampleDocument.Write(gzip, reports);
        return body.ToArray();
    }

    private static string RetryOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } after ? $" It asks to try again after {Output.Words.Of(after)}." : "";

    private static SubmitReportsResponse Read(string answer, int sent)
    {
        using var json = JsonDocument.Parse(answer.Length > 0 ? answer : "{}");
        var result = new SubmitReportsResponse();
        if (json.RootElement.TryGetProperty("rejected", out var rejected))
        {
            foreach (var report in rejected.EnumerateArray())
                result.RejectedReports.Add(new RejectedReport { Index = report.GetProperty("index").GetInt32() });
        }

        result.AcceptedCount = sent - result.RejectedReports.Count;
        return result;
    }
}
