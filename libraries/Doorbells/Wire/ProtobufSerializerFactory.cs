using System.Net.Mime;
using Google.Protobuf.Reflection;
using MassTransit;

namespace Exporter.Doorbells.Wire;

/// <summary>
/// Puts messages on the wire as the protobuf contract itself: the body is the message and nothing else; its type, ids and
/// trace stand in the transport's headers.
/// </summary>
internal sealed class ProtobufSerializerFactory(FileDescriptor contracts) : ISerializerFactory
{
    public const string MediaType = "application/vnd.exporter.protobuf";

    public ContentType ContentType { get; } = new(MediaType);

    public IMessageSerializer CreateSerializer() => new ProtobufSerializer(ContentType);

    public IMessageDeserializer CreateDeserializer() => new ProtobufDeserializer(ContentType, contracts);
}
