using System.Diagnostics.Metrics;
using Exporter.Delivery.Keys;
using Microsoft.Extensions.Hosting;

namespace Exporter.Ingest.Limits;

public sealed class UserMetricsTests
{
    [Fact]
    public async Task Users_are_shown_by_the_hash_of_their_key_for_a_day_and_for_a_week()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("partner"));
        var seen = new Dictionary<string, long>();
        using var listener = Listen(host, seen);
        using var answer = await host.PostAsync("{\"items\":[]}", "/v2/geosubmit?key=partner");
        using var anonymous = await host.PostAsync("{\"items\":[]}", "/v2/geosubmit");
        host.Clock.Advance(TimeSpan.FromDays(1));
        ((IUserCounter)host.Services.GetService(typeof(IUserCounter))!).Note("partner", new(1));

        await ((IEnumerable<IHostedService>)host.Services.GetService(typeof(IEnumerable<IHostedService>))!)
            .OfType<UserMetrics>().Single().MeasureAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        var hash = ApiKey.ShortHash("partner");
        seen.ShouldBe(new Dictionary<string, long> { [$"{hash} 1d"] = 1, [$"{hash} 7d"] = 2 }, ignoreOrder: true);
    }

    private static MeterListener Listen(IngestHost host, Dictionary<string, long> seen)
    {
        var meters = host.Services.GetService(typeof(IMeterFactory));
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "exporter.ingest.users" && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => seen[$"{tags[0].Value} {tags[1].Value}"] = value);
        listener.Start();
        return listener;
    }
}
