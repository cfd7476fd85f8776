using System.Diagnostics;
using System.Text;
using Exporter.Delivery.Exports;
using Exporter.Doorbells.Hosting;
using Exporter.Messages.V1;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class WireTests(BrokerFixture broker)
{
    private const string ReportsAcceptedExchange = "Exporter.Messages.V1:ReportsAccepted";
    private const string DeliverBatchExchange = "Exporter.Messages.V1:DeliverBatch";

    [Fact]
    public async Task The_body_is_the_protobuf_contract_and_nothing_else()
    {
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var accepted = await raw.ListenAsync(ReportsAcceptedExchange);
        var deliver = await raw.ListenAsync(DeliverBatchExchange, "s3");

        host.Doorbell.ReportsAccepted(150);
        var message = await raw.TakeAsync(accepted);
        message.Body.ToArray().ShouldBe([0x08, 0x96, 0x01]);
        ReportsAccepted.Parser.ParseFrom(message.Body.Span).ShouldBe(new ReportsAccepted { ReportCount = 150 });

        host.Doorbell.DeliverBatch(ExportKind.S3);
        var command = await raw.TakeAsync(deliver);
        command.Body.ToArray().ShouldBe([0x0A, 2, (byte)'s', (byte)'3']);
        DeliverBatch.Parser.ParseFrom(command.Body.Span).ShouldBe(new DeliverBatch { ExportKind = "s3" });
    }

    [Fact]
    public async Task Type_ids_and_life_stand_in_the_headers()
    {
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var queue = await raw.ListenAsync(ReportsAcceptedExchange);
        host.Doorbell.ReportsAccepted(1);
        var message = await raw.TakeAsync(queue);

        message.BasicProperties.ContentType.ShouldBe(RawQueue.MediaType);
        message.BasicProperties.Expiration.ShouldBe("60000");
        message.BasicProperties.Persistent.ShouldBeTrue();
        Guid.TryParse(message.BasicProperties.MessageId, out _).ShouldBeTrue();
        Header(message, "MT-MessageType").ShouldBe("exporter.messages.v1.ReportsAccepted");
    }

    [Fact]
    public async Task The_trace_goes_along_in_the_headers()
    {
        var received = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MassTransit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity =>
            {
                if (activity.Kind == ActivityKind.Consumer && activity.OperationName.Contains("route-reports receive", StringComparison.Ordinal))
                    received.TrySetResult(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var queue = await raw.ListenAsync(ReportsAcceptedExchange);
        host.Doorbell.ReportsAccepted(1);

        var sent = ActivityContext.Parse(Header(await raw.TakeAsync(queue), "MT-Activity-Id"), null);
        (await received.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).TraceId.ShouldBe(sent.TraceId);
    }

    private static string Header(RabbitMQ.Client.BasicGetResult message, string name) =>
        Encoding.UTF8.GetString(message.BasicProperties.Headers![name].ShouldBeOfType<byte[]>());
}
