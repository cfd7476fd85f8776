using System.Diagnostics;
using Exporter.Bench.Figures;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Exporter.Bench.Services;

/// <summary>What the broker takes: small persistent messages into a quorum queue, each confirmed, and consumed beside.</summary>
internal static class BrokerCeiling
{
    private const string Queue = "ceiling";
    private const int Publishers = 64;
    private const int Prefetch = 256;
    private const int MessageBytes = 100;

    public static async Task RunAsync(string address, TimeSpan time, Page page)
    {
        var factory = new ConnectionFactory { Uri = new(address) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(
            Queue, durable: true, exclusive: false, autoDelete: false, arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
        await using var consuming = await connection.CreateChannelAsync();
        await ConsumeAsync(consuming);

        var begun = Stopwatch.GetTimestamp();
        var messages = (await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => Task.Run(() => PublishAsync(channel, begun, time))))).Sum();
        page.Figure(
            "RabbitMQ: confirmed messages into a quorum queue", Words.PerSecond(messages, Stopwatch.GetElapsedTime(begun), "messages"),
            $"{MessageBytes} bytes, persistent, {Publishers} unconfirmed, consumed beside");
        await channel.QueueDeleteAsync(Queue);
    }

    private static async Task ConsumeAsync(IChannel channel)
    {
        await channel.BasicQosAsync(0, Prefetch, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) => await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer);
    }

    private static async Task<long> PublishAsync(IChannel channel, long begun, TimeSpan time)
    {
        var body = new byte[MessageBytes];
        var messages = 0L;
        for (; Stopwatch.GetElapsedTime(begun) < time; messages++)
            await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, body);
        return messages;
    }
}
