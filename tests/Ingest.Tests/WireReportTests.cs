using Exporter.Ingest.Fuzzing;
using Exporter.Ingest.Policy;
using Exporter.Ingest.Wire;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Ingest;

/// <summary>The quick way must never take what the slow way would not take unchanged.</summary>
public sealed class WireReportTests
{
    private const long Now = 1_795_000_000_123;

    private static readonly ReportPolicy Policy = new(TimeSpan.FromDays(365));

    [Fact]
    public void An_ordinary_report_takes_the_quick_way()
    {
        var wire = new WireReport(Policy.Time, Now);
        var report = Sample.Report(DateTimeOffset.FromUnixTimeMilliseconds(Now - 1000));
        report.Position.Source = PositionSource.Fused;
        report.WifiAccessPoints[0].EstimatedDistance = new() { DistanceMeters = 3, AccuracyMeters = 1, Type = "ONE_SIDED" };
        report.WifiAccessPoints[0].Ssid = "Düsseldorf";
        report.HomeMobileCountryCode = 232;
        report.Carrier = "A1";

        wire.IsPlain(report.ToByteArray()).ShouldBeTrue();

        wire.ObservedAtMilliseconds.ShouldBe(Now - 1000);
        wire.Source.ShouldBe(PositionSource.Fused);
    }

    [Fact]
    public void Whatever_takes_the_quick_way_would_be_taken_unchanged_by_the_slow_one()
    {
        var random = new Random(7);
        var mutator = new WireMutator(random);
        var quick = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = mutator.Next();
            if (IsPlain(bytes, out var observedAt, out var source))
            {
                quick++;
                ShouldAgree(bytes, observedAt, source);
            }
        }

        quick.ShouldBeGreaterThan(5000);
    }

    private static bool IsPlain(byte[] bytes, out long observedAt, out PositionSource source)
    {
        var wire = new WireReport(Policy.Time, Now);
        var plain = wire.IsPlain(bytes);
        (observedAt, source) = (wire.ObservedAtMilliseconds, wire.Source);
        return plain;
    }

    private static void ShouldAgree(byte[] bytes, long observedAt, PositionSource source)
    {
        var report = Report.Parser.ParseFrom(bytes);
        var before = report.Clone();
        var verdict = Policy.Judge(report, Now);
        if (verdict != Verdict.Accepted(observedAt) || (report.Position?.Source ?? default) != source || !report.Equals(before))
            Convert.ToHexString(bytes).ShouldBeNull($"The slow way says {verdict}.");
    }
}
