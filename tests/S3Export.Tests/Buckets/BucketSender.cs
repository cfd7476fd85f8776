using Exporter.Delivery.Addresses;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Secrets;
using Exporter.S3Export.Buckets;
using Exporter.S3Export.Checks;
using Exporter.TestKit.Batches;
using Exporter.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.S3Export.Tests.Buckets;

/// <summary>The sender to buckets as the service makes it, allowed to reach this machine.</summary>
internal sealed class BucketSender : IDisposable
{
    private readonly GuardedHandlers handlers;
    private readonly S3Clients clients;

    public BucketSender(string accessKey = "key", string secretKey = "secret", params string[] allowedHosts)
    {
        var secrets = new SecretFolder("", name => name switch
        {
            "EXPORTER_SECRET_S3" => $"{accessKey}\n{secretKey}\n",
            "EXPORTER_SECRET_AUTHORITY" => AuthorityPem,
            _ => null,
        });
        handlers = new(new AllowedHosts(allowedHosts is [] ? ["127.0.0.1"] : allowedHosts), secrets);
        var client = new S3Client(handlers, secrets);
        clients = new(client.Create);
        Sender = new(clients, new FastClock(100), NullLogger<S3Sender>.Instance);
        Probe = new(client, TimeProvider.System);
    }

    /// <summary>The secret <c>authority</c>.</summary>
    public string? AuthorityPem { get; init; }

    public S3Sender Sender { get; }

    public S3Probe Probe { get; }

    /// <summary>Attempts until it is delivered or rejected, as the delivery loop would; a hang ends the attempt.</summary>
    public async Task<(Outcome Last, int Attempts)> DeliverAsync(TestBatch batch, ExportDefinition export, Func<CancellationToken, Task>? hangs = null, int atMost = 8)
    {
        Outcome last = new Outcome.Deferred("none", "", FaultOf.Batch);
        for (var number = 1; number <= atMost; number++)
        {
            last = await AttemptAsync(batch, export, number, hangs);
            if (last is not Outcome.Deferred)
                return (last, number);
        }

        return (last, atMost);
    }

    public void Dispose()
    {
        clients.Dispose();
        handlers.Dispose();
    }

    private async Task<Outcome> AttemptAsync(TestBatch batch, ExportDefinition export, int number, Func<CancellationToken, Task>? hangs)
    {
        var test = TestContext.Current.CancellationToken;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(test);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(test);
        var sending = Sender.SendAsync(batch.Attempt(export, number), attempt.Token);
        var hanging = hangs is null ? Task.Delay(Timeout.Infinite, over.Token) : hangs(over.Token);
        if (await Task.WhenAny(sending, hanging) == hanging)
            await attempt.CancelAsync();
        await over.CancelAsync();
        try
        {
            return await sending;
        }
        catch (OperationCanceledException) when (!test.IsCancellationRequested)
        {
            return new Outcome.Deferred("stalled", "Nothing moved.", FaultOf.Destination);
        }
    }
}
