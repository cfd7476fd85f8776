using System.Text;
using Exporter.Doorbells.Hosting;
using Exporter.Messages.V1;
using RabbitMQ.Client.Exceptions;

namespace Exporter.Doorbells;

[Collection(BrokerFixture.Name)]
public sealed class RefusalTests(BrokerFixture broker)
{
    private const string Contract = "exporter.messages.v1.ReportsAccepted";
    private static readonly byte[] CutShort = [0x08];
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"messageType":["urn:message:Exporter.Messages.V1:ReportsAccepted"],"message":{"reportCount":1}}""");

    public static TheoryData<string?, string?, byte[], string> Strangers => new()
    {
        { RawQueue.MediaType, Contract, CutShort, "unreadable" },
        { RawQueue.MediaType, Contract, new byte[100 * 1024], "unreadable" },
        { RawQueue.MediaType, "exporter.messages.v1.Unheard", CutShort, "unknown" },
        { RawQueue.MediaType, "exporter.messages.v1.DeliverBatch", [], "unknown" },
        { RawQueue.MediaType, null, CutShort, "unknown" },
        { "application/vnd.masstransit+json", null, Json, "unknown" },
        { "no media type at all", Contract, CutShort, "unreadable" },
        { null, null, [], "unknown" },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task What_is_no_doorbell_is_discarded_and_counted(string? contentType, string? type, byte[] body, string errorType)
    {
        using var counts = new CountedMetrics();
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var queue = DoorbellQueue.RouteReports.Name;
        for (var i = 0; i < 20; i++)
            await raw.PutAsync(queue, body, contentType, type);

        await counts.WaitForAsync("exporter.doorbell.refused", 20, $"error.type={errorType}", $"exporter.doorbell.queue={queue}");
        host.Doorbell.ReportsAccepted(1);
        await DoorbellHost.WokenAsync(host.Routing);
        await raw.WaitUntilEmptyAsync(queue);
        host.Log.Count("DoorbellRefused").ShouldBe(1);
        host.Log.Lines.ShouldNotContain(line => line.Category.StartsWith("MassTransit", StringComparison.Ordinal));
        foreach (var suffix in new[] { "_error", "_skipped" })
            await ShouldNotExistAsync(queue + suffix);
    }

    [Fact]
    public async Task A_command_for_a_kind_that_nobody_knows_wakes_nobody()
    {
        await using var host = await DoorbellHost.StartAsync(Carrier.RabbitMq, broker.ConnectionString);
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        var woken = DoorbellHost.WokenAsync(host.S3);
        await raw.PutAsync("exporter-deliver-s3", [0x0A, 1, (byte)'x'], DeliverBatch.Descriptor);
        await raw.WaitUntilEmptyAsync("exporter-deliver-s3");
        woken.IsCompleted.ShouldBeFalse();
        await raw.PutAsync("exporter-deliver-s3", [0x0A, 2, (byte)'s', (byte)'3'], DeliverBatch.Descriptor);
        await woken;
    }

    private async Task ShouldNotExistAsync(string queue)
    {
        await using var raw = await RawQueue.ConnectAsync(broker.ConnectionString);
        (await Should.ThrowAsync<OperationInterruptedException>(() => raw.Channel.QueueDeclarePassiveAsync(queue, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("NOT_FOUND");
    }
}
