using Exporter.Ingest.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Ingest.Fuzzing;

/// <summary>Sends any bytes in valid gRPC frames.</summary>
internal sealed class RawCalls(IngestHost host) : IDisposable
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]> Submit =
        new(MethodType.Unary, IngestService.Descriptor.FullName, "SubmitReports", Bytes, Bytes);

    private static readonly Method<byte[], byte[]> Stream =
        new(MethodType.DuplexStreaming, IngestService.Descriptor.FullName, "StreamReports", Bytes, Bytes);

    private static readonly CallOptions Patience = new(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(30));

    private readonly GrpcChannel channel = GrpcChannel.ForAddress(host.GrpcAddress);

    public async Task<byte[]> CallAsync(byte[] message) =>
        await channel.CreateCallInvoker().AsyncUnaryCall(Submit, null, Patience, message);

    public Task<StatusCode> SubmitAsync(byte[] message) => StatusOfAsync(async () =>
    {
        var answer = await CallAsync(message);
        SubmitReportsResponse.Parser.ParseFrom(answer).AcceptedCount.ShouldBeGreaterThanOrEqualTo(0);
    });

    public Task<StatusCode> StreamAsync(byte[] message) => StatusOfAsync(async () =>
    {
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(Stream, null, Patience);
        await call.RequestStream.WriteAsync(message);
        await call.RequestStream.CompleteAsync();
        var answers = 0;
        for (; await call.ResponseStream.MoveNext(CancellationToken.None); answers++)
            StreamReportsResponse.Parser.ParseFrom(call.ResponseStream.Current);
        answers.ShouldBe(1);
    });

    public void Dispose() => channel.Dispose();

    private static async Task<StatusCode> StatusOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
