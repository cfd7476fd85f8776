using Exporter.Doorbells.Wire;
using Exporter.Messages.V1;
using Google.Protobuf;
using MassTransit;

namespace Exporter.Doorbells;

/// <summary>What travels, whatever carries it: exporter.messages.v1 as protobuf, each command to the queue of its kind.</summary>
internal static class DoorbellContracts
{
    /// <summary>A doorbell that nobody answered in this time: the sweeps came first.</summary>
    public static readonly TimeSpan MessageLife = TimeSpan.FromMinutes(1);

    public static void Configure(IBusFactoryConfigurator bus)
    {
        var protobuf = new ProtobufSerializerFactory(MessagesReflection.Descriptor);
        bus.ClearSerialization();
        bus.AddSerializer(protobuf);
        bus.AddDeserializer(protobuf, isDefault: true);
        bus.Send<DeliverBatch>(topology => topology.UseRoutingKeyFormatter(context => context.Message.ExportKind));
        bus.Publish<IMessage>(topology => topology.Exclude = true);
        bus.Publish<IBufferMessage>(topology => topology.Exclude = true);
    }
}
