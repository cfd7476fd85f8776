using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using MassTransit;
using MassTransit.Serialization;

namespace Exporter.Doorbells.Wire;

/// <summary>A message that was read, or null when it is of no contract.</summary>
internal sealed class ProtobufMessageContext(ProtobufDeserializer deserializer, MessageContext context, IMessage? message)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, context, message is null ? [] : [MessageUrn.ForTypeString(message.GetType())])
{
    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? found)
        where T : class
    {
        found = message as T;
        return found is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? found)
    {
        found = messageType.IsInstanceOfType(message) ? message : null;
        return found is not null;
    }

    public override IMessageSerializer GetMessageSerializer() => new ProtobufSerializer(deserializer.ContentType);

    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T forwarded) => GetMessageSerializer();

    public override IMessageSerializer GetMessageSerializer(object forwarded, string[] messageTypes) => GetMessageSerializer();

    public override Dictionary<string, object> ToDictionary<T>(T? source)
        where T : class => throw new NotSupportedException("Messages of exporter.messages.v1 are not mapped to dictionaries.");
}
