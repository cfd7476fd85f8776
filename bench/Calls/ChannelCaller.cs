using Exporter.Bench.V1;
using Grpc.Net.Client;

namespace Exporter.Bench.Calls;

/// <summary>By gRPC's client package.</summary>
internal sealed class ChannelCaller : IUnaryCaller
{
    private readonly GrpcChannel channel;
    private readonly V1.CheckService.CheckServiceClient client;

    public ChannelCaller(Uri address) => client = new(channel = GrpcChannel.ForAddress(address));

    public async Task<Verdict> CheckAsync(Reading reading) => await client.CheckAsync(reading);

    public void Dispose() => channel.Dispose();
}
