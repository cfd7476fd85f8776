using System.Threading.Channels;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.HealthCheck;

/// <summary>What one caller still has to hear of a service: only the newest status, since a slow caller needs no history.</summary>
internal sealed class StatusWatch
{
    private readonly Channel<ServingStatus> _newest = Channel.CreateBounded<ServingStatus>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public ChannelReader<ServingStatus> Statuses => _newest.Reader;

    public void Tell(ServingStatus status) => _newest.Writer.TryWrite(status);

    public void End() => _newest.Writer.TryComplete();
}
