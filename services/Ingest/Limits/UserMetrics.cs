using System.Diagnostics.Metrics;
using Exporter.Delivery.Keys;

namespace Exporter.Ingest.Limits;

/// <summary>Shows how many addresses use each API key, for the first keys that this instance meets in a day.</summary>
internal sealed class UserMetrics : BackgroundService
{
    public const int MaxKeys = 100;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly (string Name, int Days)[] Intervals = [("1d", 1), ("7d", 7)];

    private readonly IUserCounter users;
    private readonly TimeProvider clock;
    private readonly Meter meter;
    private IReadOnlyList<Measurement<long>> measured = [];

    public UserMetrics(IMeterFactory meters, IUserCounter users, TimeProvider clock)
    {
        (this.users, this.clock) = (users, clock);
        meter = meters.Create("Exporter");
        meter.CreateObservableGauge(
            "exporter.ingest.users", () => measured, "{user}", "Addresses that used an API key, estimated; once a minute.");
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    public async Task MeasureAsync(CancellationToken cancel)
    {
        var next = new List<Measurement<long>>();
        foreach (var key in users.KeysOfToday(MaxKeys))
        {
            foreach (var (name, days) in Intervals)
            {
                if (await users.CountAsync(key, days, cancel) is { } count)
                    next.Add(new(count, new("exporter.api_key.hash", ApiKey.ShortHash(key)), new("exporter.users.interval", name)));
            }
        }

        measured = next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await MeasureAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
