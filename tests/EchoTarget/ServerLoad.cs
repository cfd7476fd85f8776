using System.Diagnostics.Metrics;

namespace Exporter.EchoTarget;

/// <summary>What this process holds, by ASP.NET Core's own meter.</summary>
internal sealed class ServerLoad : IDisposable
{
    private readonly MeterListener listener = new();
    private long requests;

    public ServerLoad()
    {
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "http.server.active_requests")
                meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref requests, change));
        listener.Start();
    }

    /// <summary>Requests that are being answered, the asker's among them, and bytes of objects that are in use.</summary>
    public string Read() => $"{Interlocked.Read(ref requests)} {GC.GetTotalMemory(forceFullCollection: true)}";

    public void Dispose() => listener.Dispose();
}
