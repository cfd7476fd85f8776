using Exporter.TestKit.Processes;
using Grpc.Net.Client;

namespace Exporter.Oracle.Clients;

/// <summary>One process between its start and its end, and the connections of the clients to it.</summary>
internal sealed class Life(ServiceProcess process) : IDisposable
{
    public GrpcChannel Grpc { get; } = GrpcChannel.ForAddress(process.Addresses.Grpc);

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = process.Addresses.Http };

    public void Dispose()
    {
        Grpc.Dispose();
        Http.Dispose();
    }
}
