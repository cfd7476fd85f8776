using System.Diagnostics.Metrics;

namespace Exporter.EchoTarget;

/// <summary>What this process holds, by Kestrel's and ASP.NET Core's own meters.</summary>
internal sealed class ServerLoad : IDisposable
{
    private readonly MeterListener listener = new();
    private long connections;
    private long requests;

    public ServerLoad()
    {
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name is "kestrel.active_connections" or "http.server.active_requests")
                meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, change, _, _) =>
            Interlocked.Add(ref instrument.Name == "kestrel.active_connections" ? ref connections : ref requests, change));
        listener.Start();
    }

    /// <summary>Connections, requests that are being answered, and bytes of objects that are in use. The asker is among the first two.</summary>
    public string Read() => $"{Interlocked.Read(ref connections)} {Interlocked.Read(ref requests)} {GC.GetTotalMemory(forceFullCollection: true)}";

    public void Dispose() => listener.Dispose();
}
