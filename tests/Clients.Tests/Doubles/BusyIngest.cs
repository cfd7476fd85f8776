using System.Collections.Concurrent;
using System.Net;
using Exporter.Ingest.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Exporter.Clients.Doubles;

/// <summary>An Ingest that gives the refusals it is told, one a message, and then takes everything.</summary>
internal sealed class BusyIngest : IAsyncDisposable
{
    private readonly ConcurrentQueue<RpcException> refusals;
    private readonly WebApplication app;

    private BusyIngest(IEnumerable<RpcException> refusals)
    {
        this.refusals = new(refusals);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        app = builder.Build();
        app.MapGrpcService<Service>();
    }

    public Uri Address => new(app.Urls.Single());

    /// <summary>The idempotency key of each message that came, in order.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    public static async Task<BusyIngest> StartAsync(params RpcException[] refusals)
    {
        var ingest = new BusyIngest(refusals);
        await ingest.app.StartAsync(TestContext.Current.CancellationToken);
        return ingest;
    }

    /// <summary>A refusal as Ingest gives it: with RetryInfo where a delay is given.</summary>
    public static RpcException Refusal(StatusCode code, string detail, TimeSpan? retryDelay = null)
    {
        var trailers = new Metadata();
        if (retryDelay is { } delay)
        {
            var retry = new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) };
            trailers.Add("grpc-status-details-bin", new Google.Rpc.Status { Code = (int)code, Details = { Any.Pack(retry) } }.ToByteArray());
        }

        return new(new Grpc.Core.Status(code, detail), trailers);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private SubmitReportsResponse Answer(string key, int reports)
    {
        Keys.Enqueue(key);
        return refusals.TryDequeue(out var refusal) ? throw refusal : new() { AcceptedCount = reports };
    }

    private sealed class Service(BusyIngest ingest) : IngestService.IngestServiceBase
    {
        public override Task<SubmitReportsResponse> SubmitReports(SubmitReportsRequest request, ServerCallContext context) =>
            Task.FromResult(ingest.Answer(context.RequestHeaders.GetValue("idempotency-key")!, request.Reports.Count));

        public override async Task StreamReports(
            IAsyncStreamReader<StreamReportsRequest> requestStream, IServerStreamWriter<StreamReportsResponse> responseStream, ServerCallContext context)
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                var result = ingest.Answer(request.IdempotencyKey, request.Reports.Count);
                await responseStream.WriteAsync(new() { SequenceNumber = request.SequenceNumber, Result = result });
            }
        }
    }
}
