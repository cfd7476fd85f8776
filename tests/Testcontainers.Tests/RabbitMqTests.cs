using System.Text;
using RabbitMQ.Client;
using Testcontainers.RabbitMq;

namespace Exporter.Testcontainers.Tests;

public sealed class RabbitMqTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RabbitMQ_takes_messages_of_the_user_that_was_asked_for_and_obeys_its_tools()
    {
        await using var rabbit = new RabbitMqBuilder("rabbitmq:3.11").WithUsername("post").WithPassword("p@ss/word").Build();
        await rabbit.StartAsync(Cancel);
        rabbit.GetConnectionString().ShouldBe($"amqp://post:p%40ss%2Fword@127.0.0.1:{rabbit.GetMappedPublicPort(5672)}/");

        await using var connection = await new ConnectionFactory { Uri = new(rabbit.GetConnectionString()) }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        await channel.QueueDeclareAsync("letters", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancel);
        await channel.BasicPublishAsync("", "letters", Encoding.UTF8.GetBytes("hello"), Cancel);
        (await channel.BasicGetAsync("letters", autoAck: true, Cancel))!.Body.ToArray().ShouldBe(Encoding.UTF8.GetBytes("hello"));

        (await rabbit.ExecAsync(["rabbitmqctl", "--silent", "list_users"], Cancel)).Stdout.ShouldContain("post");
    }
}
