using Exporter.Ingest.V1;
using Exporter.Ingest.Wire;
using Grpc.Core;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Exporter.Ingest.Calls;

/// <summary>
/// exporter.ingest.v1.IngestService with requests as they come over the wire. The generated base class parses every report
/// into objects first, which costs more than all the rest of the way in.
/// </summary>
[BindServiceMethod(typeof(IngestDoor), nameof(Bind))]
internal abstract class IngestDoor
{
    private static readonly Marshaller<SubmitReportsResponse> SubmitAnswer = Answers(SubmitReportsResponse.Parser);
    private static readonly Marshaller<StreamReportsResponse> StreamAnswer = Answers(StreamReportsResponse.Parser);

    /// <summary>For server reflection, which looks for it here.</summary>
    public static ServiceDescriptor Descriptor => IngestService.Descriptor;

    public abstract Task<SubmitReportsResponse> SubmitReports(WireMessage request, ServerCallContext context);

    public abstract Task StreamReports(
        IAsyncStreamReader<WireMessage> requestStream, IServerStreamWriter<StreamReportsResponse> responseStream, ServerCallContext context);

    public static void Bind(ServiceBinderBase binder, IngestDoor? door)
    {
        var service = IngestService.Descriptor.FullName;
        binder.AddMethod(
            new Method<WireMessage, SubmitReportsResponse>(
                MethodType.Unary, service, nameof(SubmitReports), WireMessage.Marshaller, SubmitAnswer),
            door is null ? null : new UnaryServerMethod<WireMessage, SubmitReportsResponse>(door.SubmitReports));
        binder.AddMethod(
            new Method<WireMessage, StreamReportsResponse>(
                MethodType.DuplexStreaming, service, nameof(StreamReports), WireMessage.Marshaller, StreamAnswer),
            door is null ? null : new DuplexStreamingServerMethod<WireMessage, StreamReportsResponse>(door.StreamReports));
    }

    private static Marshaller<T> Answers<T>(Google.Protobuf.MessageParser<T> parser)
        where T : class, Google.Protobuf.IMessage<T> => Marshallers.Create(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                Google.Protobuf.MessageExtensions.WriteTo(message, context.GetBufferWriter());
                context.Complete();
            },
            context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
}
