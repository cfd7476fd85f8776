using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Exporter.TestKit.Batches;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Exporter.TestKit.Partners;

/// <summary>A partner in this process, on a free loopback port, that takes geosubmit v2 over TLS, remembers keys, and fails on order.</summary>
public sealed class PartnerDouble : IAsyncDisposable
{
    private static readonly TimeSpan DripInterval = TimeSpan.FromMilliseconds(50);
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<PartnerFault> faults = new();
    private readonly List<PartnerRequest> requests = [];
    private readonly List<PartnerRequest> accepted = [];
    private readonly HashSet<string> keys = [];
    private readonly SemaphoreSlim stalls = new(0);
    private readonly SemaphoreSlim hangs = new(0);

    private PartnerDouble(X509Certificate2 certificate, HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificate);
            });
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>https://localhost:port/v2/geosubmit</summary>
    public string Url => $"https://localhost:{new Uri(app.Urls.Single()).Port}/v2/geosubmit";

    /// <summary>Every request so far, those that failed too.</summary>
    public IReadOnlyList<PartnerRequest> Requests
    {
        get
        {
            lock (gate)
                return [.. requests];
        }
    }

    /// <summary>The ids of all reports that were taken, as often as they were.</summary>
    public IReadOnlyList<string> AcceptedIds
    {
        get
        {
            lock (gate)
                return [.. accepted.SelectMany(request => request.Ids)];
        }
    }

    /// <summary>The requests whose reports were taken, as often as they were.</summary>
    public IReadOnlyList<PartnerRequest> Accepted
    {
        get
        {
            lock (gate)
                return [.. accepted];
        }
    }

    /// <summary>How many ordered faults did not happen yet.</summary>
    public int FaultsLeft => faults.Count;

    /// <summary>Whether a request whose key was taken already is answered without taking it again.</summary>
    public bool HonoursKeys { get; set; } = true;

    /// <summary>The status with which a request is refused, or 0 to take it.</summary>
    public Func<PartnerRequest, int> Refuses { get; set; } = _ => 0;

    /// <summary>Starts a partner.</summary>
    public static async Task<PartnerDouble> StartAsync(X509Certificate2 certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2)
    {
        var started = new PartnerDouble(certificate, protocols);
        await started.app.StartAsync();
        return started;
    }

    /// <summary>The next requests go wrong, in the order in which this was called.</summary>
    public void FailNext(PartnerFault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
            faults.Enqueue(fault);
    }

    /// <summary>Completes when a request hangs or drips that did not when this was called last.</summary>
    public Task StallsAsync(CancellationToken cancel) => stalls.WaitAsync(cancel);

    /// <summary>Completes when a request hangs that did not when this was called last.</summary>
    public Task HangsAsync(CancellationToken cancel) => hangs.WaitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        hangs.Dispose();
        stalls.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = await ReadAsync(context.Request);
        lock (gate)
            requests.Add(request);
        if (faults.TryDequeue(out var fault))
            await FailAsync(context, request, fault);
        else if (Refuses(request) is > 0 and var status)
            context.Response.StatusCode = status;
        else
            Take(request);
    }

    private static async Task<PartnerRequest> ReadAsync(HttpRequest http)
    {
        using var body = new MemoryStream();
        await http.Body.CopyToAsync(body, http.HttpContext.RequestAborted);
        var bytes = body.ToArray();
        return new(
            http.Headers["Idempotency-Key"].ToString(),
            BodyReports.Ids(bytes),
            BodyReports.Text(bytes),
            bytes.Length,
            http.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            http.QueryString.Value ?? "",
            http.Protocol,
            http.HttpContext.Connection.Id);
    }

    private void Take(PartnerRequest request)
    {
        lock (gate)
        {
            if (!HonoursKeys || request.Key.Length == 0 || keys.Add(request.Key))
                accepted.Add(request);
        }
    }

    private async Task FailAsync(HttpContext context, PartnerRequest request, PartnerFault fault)
    {
        if (fault.IsAfter)
            Take(request);
        if (fault.Effect is PartnerEffect.Hang or PartnerEffect.HangAfter || fault.IsDrip)
            stalls.Release();
        if (fault.Effect is PartnerEffect.Hang or PartnerEffect.HangAfter)
            hangs.Release();
        switch (fault.Effect)
        {
            case PartnerEffect.Hang or PartnerEffect.HangAfter:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            case PartnerEffect.Reset or PartnerEffect.ResetAfter:
                context.Abort();
                break;
            default:
                await WriteAsync(context.Response, fault);
                break;
        }
    }

    private static async Task WriteAsync(HttpResponse response, PartnerFault fault)
    {
        response.StatusCode = fault.Status;
        if (fault.RetryAfter is not null)
            response.Headers.RetryAfter = fault.RetryAfter;
        if (fault.Location is not null)
            response.Headers.Location = fault.Location;
        var bytes = new byte[fault.IsEndless ? 64 * 1024 : 1];
        try
        {
            while (fault.IsDrip || fault.IsEndless)
            {
                await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
                await response.Body.FlushAsync(response.HttpContext.RequestAborted);
                if (fault.IsDrip)
                    await Task.Delay(DripInterval, TimeProvider.System, response.HttpContext.RequestAborted);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went away, as it should.
        }
    }
}
