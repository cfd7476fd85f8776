using Exporter.Ingest.Policy;
using Exporter.Reports.V1;

namespace Exporter.Ingest;

public sealed class PolicyRefusalTests
{
    private readonly PolicyRefusal refusal = new(new ReportPolicy(TimeSpan.FromDays(365)), TimeProvider.System);

    [Fact]
    public void An_operator_is_told_why_a_report_would_not_be_kept()
    {
        refusal.Of(new Report()).ShouldBe("It has no Wi-Fi access point, Bluetooth beacon or cell tower with an identity.");
        refusal.Of(With("home_nomap")).ShouldBe("Every network in it is left out at its owner's wish (_nomap, _optout or hidden).");
        var old = With("home");
        old.ObservedAt = new() { Seconds = 1_100_000_000 };
        refusal.Of(old).ShouldBe("It was observed longer ago than Ingest takes.");
        var off = With("home");
        off.Position = new() { LatitudeDegrees = 91 };
        refusal.Of(off).ShouldBe(Sentences.For(V1.RejectReason.OutOfRange));
        refusal.Of(With("home")).ShouldBe("");
    }

    private static Report With(string ssid) => new() { WifiAccessPoints = { new WifiAccessPoint { MacAddress = "00:25:9c:cf:1c:ac", Ssid = ssid } } };
}
