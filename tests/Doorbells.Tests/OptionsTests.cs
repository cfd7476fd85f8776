using Exporter.Doorbells.RabbitMq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Exporter.Doorbells;

public sealed class OptionsTests
{
    [Fact]
    public void Every_fault_is_said_at_once_and_no_password()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:rabbitmq"] = "http://me:hush@localhost",
            ["Doorbells:Prefetch"] = "0",
            ["Doorbells:Concurrency"] = "-1",
            ["Doorbells:DeliveryLimit"] = "1001",
            ["Doorbells:PublishTimeout"] = "00:00:00",
            ["Doorbells:TlsAuthorityFile"] = "/nowhere/ca.pem",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        Should.Throw<OptionsValidationException>(() => new ServiceCollection().AddRabbitMqDoorbells(configuration)).Failures.ShouldBe(
        [
            "'Doorbells:Prefetch' must be from 1 to 65535, found 0.",
            "'Doorbells:Concurrency' must be from 1 to 0, found -1.",
            "'Doorbells:DeliveryLimit' must be from 1 to 1000, found 1001.",
            "'Doorbells:PublishTimeout' must be longer than zero, found 00:00:00.",
            "'Doorbells:TlsAuthorityFile' must be a file that can be read, found '/nowhere/ca.pem'.",
            "'ConnectionStrings:rabbitmq' must begin with amqp:// or amqps://, found http://.",
        ]);
    }

    [Fact]
    public void An_unknown_setting_is_refused()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Doorbells:Prefech", "1")]).Build();
        Should.Throw<InvalidOperationException>(() => new ServiceCollection().AddRabbitMqDoorbells(configuration)).Message.ShouldContain("Prefech");
    }

    [Theory]
    [InlineData("amqp://u:p@localhost", "localhost", 5672, "/", "u", "p", false)]
    [InlineData("amqp://u:p%40%3A%2F@127.0.0.1:1234/", "127.0.0.1", 1234, "/", "u", "p@:/", false)]
    [InlineData("amqps://u:p@broker.example", "broker.example", 5671, "/", "u", "p", true)]
    [InlineData("amqps://u:p@broker.example:1/%2Fmine", "broker.example", 1, "/mine", "u", "p", true)]
    public void A_connection_string_names_broker_and_user(string text, string host, int port, string virtualHost, string user, string password, bool isTls)
    {
        RabbitMqAddress.TryParse(text, out var address, out _).ShouldBeTrue();
        address.ShouldBe(new RabbitMqAddress(host, (ushort)port, virtualHost, user, password, isTls));
        address!.ToString().ShouldBe($"{host}:{port}");
    }

    [Theory]
    [InlineData(null, "must be amqp://user:password@host:port, found nothing")]
    [InlineData("localhost", "must be amqp://user:password@host:port, found something that is not a url")]
    [InlineData("amqp://localhost", "must have user:password before the host, with ':', '@' and '/' in them written %3A, %40 and %2F")]
    [InlineData("amqp://me:@localhost", "must have user:password before the host, with ':', '@' and '/' in them written %3A, %40 and %2F")]
    [InlineData("amqp://me:hush@localhost/a/b", "must have no more than a virtual host after the port")]
    [InlineData("amqp://me:hush@localhost?heartbeat=1", "must have no more than a virtual host after the port")]
    public void What_is_no_connection_string_is_refused(string? text, string problem)
    {
        RabbitMqAddress.TryParse(text, out _, out var found).ShouldBeFalse();
        found.ShouldBe(problem);
    }
}
