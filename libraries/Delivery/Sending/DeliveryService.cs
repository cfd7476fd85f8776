using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Wakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Exporter.Delivery.Sending;

/// <summary>Runs one loop for every enabled export that is not paused and whose kind has a sender here, and follows the configuration.</summary>
public sealed class DeliveryService(
    IEnumerable<IBatchSenderFactory> factories,
    IBatchStore store,
    ExportSnapshots exports,
    DeliveryWakes wakes,
    DeliveryOptions options,
    Func<double> chance,
    TimeProvider clock,
    ILogger<DeliveryService> log) : BackgroundService
{
    private readonly Dictionary<Guid, (Task Loop, CancellationTokenSource Stop)> loops = [];

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new WakeSignal();
        exports.Changed += changed.Ring;
        try
        {
            while (true)
            {
                await FollowAsync(stoppingToken);
                await changed.WaitAsync(options.Sweep, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(loops.Values.Select(loop => loop.Loop));
        }
        finally
        {
            exports.Changed -= changed.Ring;
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        var wanted = exports.Current.Enabled.Where(export => !export.IsPaused).ToDictionary(export => export.Id);
        foreach (var (id, running) in loops.Where(loop => !wanted.ContainsKey(loop.Key) || loop.Value.Loop.IsCompleted).ToList())
        {
            await running.Stop.CancelAsync();
            await running.Loop;
            running.Stop.Dispose();
            loops.Remove(id);
        }

        foreach (var export in wanted.Values.Where(export => !loops.ContainsKey(export.Id)))
        {
            if (factories.FirstOrDefault(factory => factory.Kind == export.Kind) is not { } factory)
                continue;

            var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            var loop = new DestinationLoop(export.Id, factory, store, exports, wakes.Of(export.Kind, export.Id), options, chance, clock, log);
            loops.Add(export.Id, (Task.Run(() => loop.RunAsync(stop.Token), CancellationToken.None), stop));
        }
    }
}
