using System.Collections.Frozen;
using System.Net.Mime;
using System.Runtime.Serialization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MassTransit;
using MassTransit.Serialization;

namespace Exporter.Doorbells.Wire;

/// <summary>Reads messages of the contracts; what is of another type is nobody's, what can't be read is refused.</summary>
internal sealed class ProtobufDeserializer(ContentType contentType, FileDescriptor contracts) : IMessageDeserializer
{
    private const int MaxBodyBytes = 64 * 1024;
    private readonly FrozenDictionary<string, MessageDescriptor> contractByName = contracts.MessageTypes.ToFrozenDictionary(contract => contract.FullName);

    public ContentType ContentType => contentType;

    public void Probe(ProbeContext context) => context.CreateScope("protobuf").Add("contentType", ContentType.MediaType);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    /// <exception cref="SerializationException">The body is too long, or not of the type that its header names.</exception>
    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var context = new RawMessageContext(headers, destinationAddress, RawSerializerOptions.Default);
        var type = headers.Get<string>(MessageHeaders.MessageType);
        if (type is null || !contractByName.TryGetValue(type, out var contract))
            return new ProtobufMessageContext(this, context, null);

        return new ProtobufMessageContext(this, context, Parse(contract, body.GetBytes()));
    }

    public MessageBody GetMessageBody(string text) => new Base64MessageBody(text);

    private static IMessage Parse(MessageDescriptor contract, byte[] body)
    {
        if (body.Length > MaxBodyBytes)
            throw new SerializationException($"A {contract.FullName} must not be longer than {MaxBodyBytes} bytes, found {body.Length}.");

        try
        {
            return contract.Parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SerializationException($"The body is not a {contract.FullName}.", e);
        }
    }
}
