using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.HealthCheck;

/// <summary>The health service: tells callers what <see cref="SetStatus"/> was told.</summary>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    internal const int MaxWatches = 1000;
    internal const int MaxNameLength = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = [];
    private readonly Dictionary<string, HashSet<StatusWatch>> _watches = [];
    private int _watchCount;

    /// <summary>Sets the status of a service; the empty name is the server as a whole.</summary>
    public void SetStatus(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            var known = _statuses.TryGetValue(service, out var before);
            _statuses[service] = status;
            if (!known || before != status)
                Tell(service, status);
        }
    }

    /// <summary>Forgets a service, which is unknown from then on.</summary>
    public void ClearStatus(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
            if (_statuses.Remove(service))
                Tell(service, ServingStatus.ServiceUnknown);
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        lock (_gate)
        {
            var services = _statuses.Keys.ToList();
            _statuses.Clear();
            foreach (var service in services)
                Tell(service, ServingStatus.ServiceUnknown);
        }
    }

    /// <inheritdoc/>
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_gate)
        {
            return _statuses.TryGetValue(request.Service, out var status)
                ? Task.FromResult(new HealthCheckResponse { Status = status })
                : throw new RpcException(new Status(StatusCode.NotFound, ""));
        }
    }

    /// <inheritdoc/>
    public override Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(responseStream);
        ArgumentNullException.ThrowIfNull(context);
        return WatchAsync(request.Service, responseStream, context.CancellationToken);
    }

    /// <summary>Tells of a service until cancelled.</summary>
    internal async Task WatchAsync(string service, IServerStreamWriter<HealthCheckResponse> responses, CancellationToken cancel)
    {
        var watch = Begin(service);
        await using var cancelled = cancel.UnsafeRegister(static watch => ((StatusWatch)watch!).End(), watch);
        try
        {
            await foreach (var status in watch.Statuses.ReadAllAsync(CancellationToken.None))
                await responses.WriteAsync(new() { Status = status }, CancellationToken.None);
        }
        finally
        {
            End(service, watch);
        }
    }

    private StatusWatch Begin(string service)
    {
        if (service.Length > MaxNameLength)
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"A service's name has at most {MaxNameLength} characters; this one has {service.Length}."));
        lock (_gate)
        {
            if (_watchCount == MaxWatches)
                throw new RpcException(new Status(
                    StatusCode.ResourceExhausted, $"This server takes at most {MaxWatches} Watch calls at a time. Use Check, or try again later."));
            _watchCount++;
            if (!_watches.TryGetValue(service, out var watches))
                _watches[service] = watches = [];
            var watch = new StatusWatch();
            watches.Add(watch);
            watch.Tell(_statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown));
            return watch;
        }
    }

    private void End(string service, StatusWatch watch)
    {
        lock (_gate)
        {
            _watchCount--;
            var watches = _watches[service];
            watches.Remove(watch);
            if (watches.Count == 0)
                _watches.Remove(service);
        }
    }

    private void Tell(string service, ServingStatus status)
    {
        if (_watches.TryGetValue(service, out var watches))
            foreach (var watch in watches)
                watch.Tell(status);
    }
}
