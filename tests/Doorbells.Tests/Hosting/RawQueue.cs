using Google.Protobuf.Reflection;
using RabbitMQ.Client;

namespace Exporter.Doorbells.Hosting;

/// <summary>The broker seen by a client that knows nothing of MassTransit.</summary>
internal sealed class RawQueue : IAsyncDisposable
{
    public const string MediaType = "application/vnd.exporter.protobuf";
    private readonly IConnection connection;

    private RawQueue(IConnection connection, IChannel channel) => (this.connection, Channel) = (connection, channel);

    public IChannel Channel { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawQueue> ConnectAsync(string connectionString)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(connectionString) }.CreateConnectionAsync(Cancel);
        return new(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancel));
    }

    /// <summary>A queue of our own that gets what is published of a type.</summary>
    public async Task<string> ListenAsync(string exchange, string routingKey = "")
    {
        var queue = await Channel.QueueDeclareAsync(cancellationToken: Cancel);
        await Channel.QueueBindAsync(queue.QueueName, exchange, routingKey, cancellationToken: Cancel);
        return queue.QueueName;
    }

    /// <summary>Waits for the next message of a queue.</summary>
    public async Task<BasicGetResult> TakeAsync(string queue)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        time.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await Channel.BasicGetAsync(queue, autoAck: true, time.Token) is { } message)
                return message;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
        }
    }

    /// <summary>Puts a message into a queue, as a stranger would; returns when the broker has it.</summary>
    public async Task PutAsync(string queue, byte[] body, string? contentType, string? type)
    {
        var properties = new BasicProperties { ContentType = contentType, Headers = type is null ? null : new Dictionary<string, object?> { ["MT-MessageType"] = type } };
        await Channel.BasicPublishAsync("", queue, mandatory: true, properties, body, Cancel);
    }

    /// <summary>Puts a message of a contract into a queue.</summary>
    public Task PutAsync(string queue, byte[] body, MessageDescriptor contract) => PutAsync(queue, body, MediaType, contract.FullName);

    /// <summary>Waits until nothing is left in a queue.</summary>
    public async Task WaitUntilEmptyAsync(string queue)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        time.CancelAfter(TimeSpan.FromSeconds(30));
        while (await Channel.MessageCountAsync(queue, time.Token) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await connection.DisposeAsync();
    }
}
