using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Cli.Tests;

// Both doors of Ingest, as far as `sample` needs them: keeps what comes, and refuses on order.
internal sealed class CountingIngest : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CountingIngest()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.MapGrpcService<Service>();
        _app.MapPost("/v2/geosubmit", TakeAsync);
    }

    public string HttpAddress => _app.Urls.First();

    public string GrpcAddress => _app.Urls.Last();

    public ConcurrentQueue<Report> Reports { get; } = new();

    public ConcurrentQueue<int> HttpSizes { get; } = new();

    public ConcurrentQueue<int> MessageSizes { get; } = new();

    public string? Key { get; private set; }

    // From this many reports on every request is refused.
    public int Room { get; set; } = int.MaxValue;

    public static async Task<CountingIngest> StartAsync()
    {
        var ingest = new CountingIngest();
        await ingest._app.StartAsync(TestContext.Current.CancellationToken);
        return ingest;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        Key = http.Request.Query["key"];
        if (Reports.Count + HttpSizes.Sum() >= Room)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "30";
            await http.Response.WriteAsync("busy");
            return;
        }

        http.Request.Headers.ContentEncoding.ToString().ShouldBe("gzip");
        await using var body = new GZipStream(http.Request.Body, CompressionMode.Decompress);
        using var json = await JsonDocument.ParseAsync(body);
        HttpSizes.Enqueue(json.RootElement.GetProperty("items").GetArrayLength());
        await http.Response.WriteAsync("""{"rejected":[{"index":0,"field":"x","reason":"out_of_range","message":"No."}]}""");
    }

    private sealed class Service(CountingIngest ingest) : IngestService.IngestServiceBase
    {
        public override async Task StreamReports(
            IAsyncStreamReader<StreamReportsRequest> requestStream, IServerStreamWriter<StreamReportsResponse> responseStream,
            ServerCallContext context)
        {
            ingest.Key = context.RequestHeaders.GetValue("x-api-key");
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                if (ingest.Reports.Count >= ingest.Room)
                    throw new RpcException(new Status(StatusCode.ResourceExhausted, "The store is nearly full. Try again later."));

                ingest.MessageSizes.Enqueue(request.Reports.Count);
                foreach (var report in request.Reports)
                    ingest.Reports.Enqueue(report);
                await responseStream.WriteAsync(new StreamReportsResponse
                {
                    SequenceNumber = request.SequenceNumber,
                    Result = new SubmitReportsResponse
                    {
                        AcceptedCount = request.Reports.Count - 2,
                        Dropped = { new DroppedReports { Reason = DropReason.TooOld, Count = 1 } },
                        RejectedReports = { new RejectedReport { Index = 0 } },
                    },
                });
            }
        }
    }
}
