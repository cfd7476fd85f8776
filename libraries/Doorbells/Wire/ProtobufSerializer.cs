using System.Net.Mime;
using Google.Protobuf;
using MassTransit;
using MassTransit.Serialization;

namespace Exporter.Doorbells.Wire;

/// <summary>Writes messages of the contracts.</summary>
internal sealed class ProtobufSerializer(ContentType contentType) : RawMessageSerializer, IMessageSerializer
{
    public ContentType ContentType => contentType;

    /// <exception cref="NotSupportedException">The message is not of a contract.</exception>
    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        if (context.Message is not IMessage message)
            throw new NotSupportedException($"A '{typeof(T).Name}' can't be sent: only messages of exporter.messages.v1 travel on this bus.");

        SetRawMessageHeaders(context);
        context.Headers.Set(MessageHeaders.MessageType, message.Descriptor.FullName);
        return new BytesMessageBody(message.ToByteArray());
    }
}
