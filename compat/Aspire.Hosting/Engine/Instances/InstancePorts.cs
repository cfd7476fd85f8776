using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Network;
using Compat.Processes;

namespace Aspire.Hosting.Engine.Instances;

/// <summary>Where the endpoints of one resource are: the port that others see, and the one on which each instance listens.</summary>
internal sealed class InstancePorts : IAsyncDisposable
{
    private readonly IResource resource;
    private readonly List<EndpointProxy> proxies = [];
    private readonly Dictionary<EndpointAnnotation, int[]> listening = [];

    public InstancePorts(IResource resource, int instances, FreePorts free)
    {
        this.resource = resource;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var isShared = NeedsProxy(endpoint, instances);
            if (isShared && !endpoint.IsProxied)
                throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of '{resource.Name}' has isProxied: false, so {instances} replicas can't share it. Leave isProxied out, or have one replica.");

            var seen = endpoint.Port ?? (resource is ContainerResource ? null : endpoint.TargetPort) ?? free.Take();
            endpoint.AllocatedEndpoint = new(endpoint, endpoint.TargetHost, seen);
            listening[endpoint] = [.. Enumerable.Range(0, instances).Select(_ => !isShared ? seen : instances == 1 ? endpoint.TargetPort!.Value : free.Take())];
        }
    }

    public IReadOnlyDictionary<EndpointAnnotation, int> Of(int index) => listening.ToDictionary(known => known.Key, known => known.Value[index]);

    /// <summary>Opens the ports that several instances share.</summary>
    /// <exception cref="DistributedApplicationException">Somebody else has one.</exception>
    public void OpenShared()
    {
        foreach (var (endpoint, ports) in listening)
        {
            var seen = endpoint.AllocatedEndpoint!.Port;
            if (!ports.Contains(seen))
                proxies.Add(Open(endpoint, seen, ports));
        }
    }

    /// <exception cref="DistributedApplicationException">Somebody else has a port.</exception>
    public void Check(int index)
    {
        foreach (var (endpoint, port) in Of(index))
        {
            if (!FreePorts.IsFree(port))
                throw InUse(endpoint, port);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in proxies)
            await proxy.DisposeAsync().ConfigureAwait(false);
        proxies.Clear();
    }

    // A container is published on any port by its runtime; only a process that insists on another port than the one to be seen needs help.
    private bool NeedsProxy(EndpointAnnotation endpoint, int instances) =>
        instances > 1 || (resource is not ContainerResource && endpoint.Port is { } seen && endpoint.TargetPort is { } target && seen != target);

    private EndpointProxy Open(EndpointAnnotation endpoint, int seen, int[] ports)
    {
        try
        {
            return new(seen, ports);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw InUse(endpoint, seen);
        }
    }

    private DistributedApplicationException InUse(EndpointAnnotation endpoint, int port) => new(string.Create(
        CultureInfo.InvariantCulture, $"Port {port} of endpoint '{endpoint.Name}' of '{resource.Name}' is in use by another process, or not ours to take. Stop that process, or give the endpoint another port."));
}
