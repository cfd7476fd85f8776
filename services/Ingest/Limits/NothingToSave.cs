namespace Exporter.Ingest.Limits;

/// <summary>Stands where counts are not kept over a restart.</summary>
internal sealed class NothingToSave : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
