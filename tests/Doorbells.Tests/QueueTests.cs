using Exporter.Delivery.Exports;
using Exporter.Doorbells.Hosting;
using Exporter.Messages.V1;
using Google.Protobuf;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class QueueTests(BrokerFixture broker)
{
    private static readonly Dictionary<string, object?> Declared = new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = 5,
        ["x-message-ttl"] = 60_000,
        ["x-max-length"] = 1000,
        ["x-max-length-bytes"] = 1024 * 1024,
        ["x-overflow"] = "drop-head",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => ["exporter-route-reports", "exporter-deliver-s3", "exporter-deliver-dummy", "exporter-deliver-geosubmit", "exporter-deliver-internal"];

    [Fact]
    public void A_queue_is_named_for_its_work() => DoorbellQueue.All.Select(queue => queue.Name).ShouldBe(Names.Select(name => name.Data), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Queues_are_quorum_queues_with_bounds(string name)
    {
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using (var raw = await RawQueue.ConnectAsync(broker.ConnectionString))
            await raw.Channel.QueueDeclareAsync(name, durable: true, exclusive: false, autoDelete: false, Declared, cancellationToken: Cancel);

        foreach (var argument in Declared.Keys)
        {
            await using var other = await RawQueue.ConnectAsync(broker.ConnectionString);
            var without = Declared.Where(declared => declared.Key != argument).ToDictionary();
            (await Should.ThrowAsync<OperationInterruptedException>(() => other.Channel.QueueDeclareAsync(name, true, false, false, without, cancellationToken: Cancel)))
                .Message.ShouldContain("PRECONDITION_FAILED");
        }
    }

    [Fact]
    public async Task Instances_share_a_queue_and_each_message_reaches_one_of_them()
    {
        var queue = DoorbellQueue.Deliver(ExportKind.S3);
        await using var one = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var two = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        (await raw.Channel.QueueDeclarePassiveAsync(queue.Name, Cancel)).ConsumerCount.ShouldBe(2u);

        var body = new DeliverBatch { ExportKind = "s3" }.ToByteArray();
        var woken = Task.WhenAll(DoorbellHost.WokenAsync(one.S3), DoorbellHost.WokenAsync(two.S3));
        while (!woken.IsCompleted)
            await raw.PutAsync(queue.Name, body, DeliverBatch.Descriptor);
        await woken;
        await raw.WaitUntilEmptyAsync(queue.Name);
    }

    [Fact]
    public async Task A_message_that_comes_twice_harms_nothing()
    {
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var properties = new BasicProperties
        {
            ContentType = RawQueue.MediaType,
            MessageId = Guid.NewGuid().ToString(),
            Headers = new Dictionary<string, object?> { ["MT-MessageType"] = ReportsAccepted.Descriptor.FullName },
        };
        for (var i = 0; i < 100; i++)
            await raw.Channel.BasicPublishAsync("", DoorbellQueue.RouteReports.Name, mandatory: true, properties, new ReportsAccepted { ReportCount = 1 }.ToByteArray(), Cancel);

        await DoorbellHost.WokenAsync(host.Routing);
        await raw.WaitUntilEmptyAsync(DoorbellQueue.RouteReports.Name);
        host.Log.Lines.ShouldNotContain(line => line.Event == "DoorbellRefused");
    }
}
