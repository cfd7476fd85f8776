using System.Diagnostics.Metrics;
using System.Globalization;

namespace Exporter.Ingest;

public sealed class MetricsTests
{
    private readonly Dictionary<string, long> sums = [];

    [Fact]
    public async Task Reports_are_counted_by_door_and_outcome()
    {
        await using var host = await IngestHost.StartAsync(host => host.Keys.Put("none", samplePercent: 0));
        using var listener = Listen(host);
        using var calls = new GrpcCalls(host);
        var now = host.Clock.GetUtcNow();
        var body = Sample.Items("{}", Sample.Item(now), Sample.Item(now).Replace("51.5", "91", StringComparison.Ordinal));

        using var taken = await host.PostAsync(body);
        using var sampled = await host.PostAsync(Sample.Json(now, 4), "/v1/geosubmit?key=none");
        host.Store.FailCommit(new IOException());
        using var failed = await host.PostAsync(Sample.Json(now, 5));
        await calls.SubmitAsync(Sample.Report(now));
        using var stream = calls.Stream();
        await stream.SendAsync(new() { Reports = { Sample.Report(now), Sample.Report(now.AddDays(-400)) } });
        await stream.RequestStream.CompleteAsync();
        await stream.ReadAllAsync();

        Sum("http.v2.geosubmit", "accepted").ShouldBe(1);
        Sum("http.v2.geosubmit", "dropped", "no_networks").ShouldBe(1);
        Sum("http.v2.geosubmit", "rejected", "out_of_range").ShouldBe(1);
        Sum("http.v1.geosubmit", "sampled_out").ShouldBe(4);
        Sum("http.v2.geosubmit", "refused", "store_failed").ShouldBe(5);
        Sum("grpc.submit", "accepted").ShouldBe(1);
        Sum("grpc.stream", "accepted").ShouldBe(1);
        Sum("grpc.stream", "dropped", "too_old").ShouldBe(1);
        sums["exporter.ingest.io http.v2.geosubmit"].ShouldBe(Sample.Bytes(body).Length + Sample.Bytes(Sample.Json(now, 5)).Length);
    }

    [Fact]
    public async Task What_the_group_commit_holds_and_its_bound_are_shown()
    {
        await using var host = await IngestHost.StartAsync(host => host.Settings["Ingest:GroupCommit:MaxHeldBytes"] = "2000000");
        using var listener = Listen(host);

        listener.RecordObservableInstruments();

        sums["exporter.ingest.commit.size"].ShouldBe(0);
        sums["exporter.ingest.commit.capacity"].ShouldBe(2_000_000);
    }

    private long Sum(string protocol, string outcome, string? errorType = null) =>
        sums[$"exporter.ingest.reports {protocol} {outcome}{(errorType is null ? "" : " " + errorType)}"];

    private MeterListener Listen(IngestHost host)
    {
        var meters = host.Services.GetService(typeof(IMeterFactory));
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Exporter" && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name;
            foreach (var tag in tags)
                name += string.Create(CultureInfo.InvariantCulture, $" {tag.Value}");
            lock (sums)
                sums[name] = sums.GetValueOrDefault(name) + value;
        });
        listener.Start();
        return listener;
    }
}
