namespace Exporter.Doorbells.Hosting;

/// <summary>What carries the doorbells in a test.</summary>
public enum Carrier
{
    InMemory,
    RabbitMq,
}
