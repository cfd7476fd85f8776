using Exporter.Echo.V1;
using Grpc.Core;

namespace Exporter.EchoTarget;

/// <summary>All four kinds of call, each giving back what it gets.</summary>
internal sealed class EchoDoor : EchoService.EchoServiceBase
{
    private const int MostRepeats = 100;

    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context) => Task.FromResult(Of(request, context));

    public override async Task<SayResponse> Collect(IAsyncStreamReader<SayRequest> requestStream, ServerCallContext context)
    {
        var all = new SayResponse();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            all.Text = request.Text;
            all.Count++;
        }

        return all;
    }

    public override async Task Repeat(SayRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < Math.Min(request.Count, MostRepeats); i++)
            await responseStream.WriteAsync(Of(request, context));
    }

    public override async Task Chat(IAsyncStreamReader<SayRequest> requestStream, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        while (await requestStream.MoveNext(CancellationToken.None))
            await responseStream.WriteAsync(Of(requestStream.Current, context));
    }

    /// <summary>Reads the caller's headers, too, as a service would, so that a broken one has somebody to harm.</summary>
    private static SayResponse Of(SayRequest request, ServerCallContext context)
    {
        context.RequestHeaders.GetValueBytes("odd-bin");
        return new() { Text = request.Text, Payload = request.Payload, Count = request.Count };
    }
}
