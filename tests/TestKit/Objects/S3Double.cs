using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Exporter.TestKit.Objects;

/// <summary>
/// An object store in this process, on a free loopback port, that fails on order. Path style, one bucket, any credentials.
/// </summary>
public sealed class S3Double : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly S3Store store = new();
    private readonly ConcurrentDictionary<S3Stage, ConcurrentQueue<S3Fault>> faults = new();
    private readonly ConcurrentQueue<S3Call> calls = new();
    private readonly SemaphoreSlim hangs = new(0);

    private S3Double()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>The only bucket that exists.</summary>
    public string Bucket { get; init; } = "reports";

    /// <summary>How conditions are answered; may be changed at any time.</summary>
    public S3Conditions Conditions { get; set; } = S3Conditions.Honoured;

    /// <summary>Uploads in a page of their list.</summary>
    public int UploadsPerPage { get; set; } = 1000;

    /// <summary>The smallest part but the last, in bytes.</summary>
    public int MinPartBytes
    {
        get => store.MinPartBytes;
        set => store.MinPartBytes = value;
    }

    /// <summary>http://127.0.0.1:port</summary>
    public string Endpoint => app.Urls.Single();

    /// <summary>What stands in the bucket, by key.</summary>
    public IReadOnlyList<S3Object> Objects => store.Objects;

    /// <summary>Uploads that were neither completed nor aborted.</summary>
    public IReadOnlyList<S3Upload> Uploads => store.Uploads;

    /// <summary>Every request so far, those that failed too.</summary>
    public IReadOnlyList<S3Call> Calls => [.. calls];

    /// <summary>Starts a store.</summary>
    public static async Task<S3Double> StartAsync(S3Conditions conditions = S3Conditions.Honoured)
    {
        var started = new S3Double { Conditions = conditions };
        await started.app.StartAsync();
        return started;
    }

    /// <summary>The next requests of a stage go wrong, in the order in which this was called.</summary>
    public void FailNext(S3Stage stage, S3Fault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
            faults.GetOrAdd(stage, _ => new()).Enqueue(fault);
    }

    /// <summary>How many ordered faults did not happen yet.</summary>
    public int FaultsLeft => faults.Values.Sum(queue => queue.Count);

    /// <summary>Takes an object away behind everybody's back.</summary>
    public void Remove(string key) => store.Delete(key);

    /// <summary>Puts an object there behind everybody's back.</summary>
    public void Place(string key, byte[] body, IReadOnlyDictionary<string, string> headers) => store.Put(key, body, headers, isConditional: false);

    /// <summary>Begins an upload behind everybody's back.</summary>
    public string BeginUpload(string key) => store.CreateUpload(key, new Dictionary<string, string>());

    /// <summary>Completes when a request hangs that did not when this was called last.</summary>
    public Task HangsAsync(CancellationToken cancel) => hangs.WaitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource())
        {
            await now.CancelAsync();
            await app.StopAsync(now.Token);
        }

        await app.DisposeAsync();
        hangs.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (S3Call.Read(context) is not { } call)
        {
            await WriteAsync(context, S3Answer.Failed(405, "MethodNotAllowed"));
            return;
        }

        calls.Enqueue(call);
        var fault = faults.TryGetValue(call.Stage, out var queue) && queue.TryDequeue(out var next) ? next : null;
        var body = await S3Body.ReadAsync(context.Request, fault?.Effect == S3Effect.SlowBody);
        if (fault is null or { Effect: S3Effect.SlowBody })
            await WriteAsync(context, Do(call, body));
        else
            await FailAsync(context, call, body, fault);
    }

    private async Task FailAsync(HttpContext context, S3Call call, byte[] body, S3Fault fault)
    {
        if (fault.Effect is S3Effect.AnswerAfter or S3Effect.HangAfter or S3Effect.ResetAfter)
            Do(call, body);
        switch (fault.Effect)
        {
            case S3Effect.Answer or S3Effect.AnswerAfter:
                var answer = S3Answer.Failed(fault.Status, fault.Code);
                if (fault.RetryAfter is not null)
                    answer.Headers["Retry-After"] = fault.RetryAfter;
                if (fault.Location is not null)
                    answer.Headers["Location"] = fault.Location;
                await WriteAsync(context, answer);
                break;
            case S3Effect.Hang or S3Effect.HangAfter:
                hangs.Release();
                var gone = new TaskCompletionSource();
                await using (context.RequestAborted.Register(gone.SetResult))
                    await gone.Task;
                break;
            default:
                context.Abort();
                break;
        }
    }

    private S3Answer Do(S3Call call, byte[] body)
    {
        if (call.Bucket != Bucket)
            return S3Answer.Failed(404, "NoSuchBucket");
        if (!S3Body.IsSound(call, body))
            return S3Answer.Failed(400, "XAmzContentSHA256Mismatch");
        if (call.HasCondition && Conditions == S3Conditions.Refused)
            return S3Answer.Failed(501, "NotImplemented");

        return call.Stage switch
        {
            S3Stage.Put => store.Put(call.Key, body, call.Headers, call.HasCondition && Conditions is (S3Conditions.Honoured or S3Conditions.PutOnly)),
            S3Stage.Head => store.Find(call.Key) is { } head ? S3Answer.Of(head, withBody: false) : new(404),
            S3Stage.Get => store.Find(call.Key) is { } item ? S3Answer.Of(item, withBody: true) : S3Answer.Failed(404, "NoSuchKey"),
            S3Stage.CreateUpload => S3Answer.UploadMade(Bucket, call.Key, store.CreateUpload(call.Key, call.Headers)),
            S3Stage.UploadPart => store.UploadPart(call.Query["uploadId"], int.Parse(call.Query["partNumber"], CultureInfo.InvariantCulture), body),
            S3Stage.CompleteUpload => store.Complete(call.Query["uploadId"], call.Key, S3Body.Parts(body), call.HasCondition && Conditions == S3Conditions.Honoured),
            S3Stage.AbortUpload => store.Abort(call.Query["uploadId"]),
            S3Stage.ListUploads => ListUploads(call),
            S3Stage.List => S3Answer.OfObjects(Bucket, [.. Objects.Where(item => item.Key.StartsWith(call.Query.GetValueOrDefault("prefix", ""), StringComparison.Ordinal))]),
            _ => Delete(call.Key),
        };
    }

    private S3Answer Delete(string key)
    {
        store.Delete(key);
        return new(204);
    }

    private S3Answer ListUploads(S3Call call)
    {
        var after = (Key: call.Query.GetValueOrDefault("key-marker", ""), Id: call.Query.GetValueOrDefault("upload-id-marker", ""));
        var rest = Uploads
            .Where(upload => upload.Key.StartsWith(call.Query.GetValueOrDefault("prefix", ""), StringComparison.Ordinal))
            .Where(upload => string.CompareOrdinal(upload.Key, after.Key) is var order && (order > 0 || order == 0 && string.CompareOrdinal(upload.Id, after.Id) > 0))
            .ToList();
        return S3Answer.OfUploads(Bucket, [.. rest.Take(UploadsPerPage)], rest.Count > UploadsPerPage);
    }

    private static async Task WriteAsync(HttpContext context, S3Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;
        response.ContentLength = answer.Length;
        if (answer.Body is not null)
            await response.Body.WriteAsync(answer.Body);
        else if (answer.Xml.Length > 0 && context.Request.Method != "HEAD")
            await response.WriteAsync(answer.Xml);
    }
}
