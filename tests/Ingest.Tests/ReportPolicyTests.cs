using Exporter.Ingest.Policy;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Ingest;

public sealed class ReportPolicyTests
{
    private const long Now = 1_795_000_000_123;
    private const long Day = 86_400_000;

    private static readonly ReportPolicy Policy = new(TimeSpan.FromDays(365));

    [Theory]
    [InlineData(90, 180, RejectReason.Unspecified)]
    [InlineData(-90, -180, RejectReason.Unspecified)]
    [InlineData(90.0000001, 0, RejectReason.OutOfRange)]
    [InlineData(0, -180.0000001, RejectReason.OutOfRange)]
    [InlineData(double.NaN, 0, RejectReason.OutOfRange)]
    [InlineData(0, double.PositiveInfinity, RejectReason.OutOfRange)]
    [InlineData(double.NegativeInfinity, 0, RejectReason.OutOfRange)]
    public void A_position_is_on_the_globe(double latitude, double longitude, RejectReason reason)
    {
        var report = Good();
        report.Position = new() { LatitudeDegrees = latitude, LongitudeDegrees = longitude };

        Judge(report).Reject.ShouldBe(reason);
    }

    [Fact]
    public void A_report_without_a_position_or_with_half_of_one_is_taken_unchanged()
    {
        var half = Good();
        half.Position = new() { LatitudeDegrees = 10 };
        var none = Good();
        none.Position = null;

        Judge(half).IsAccepted.ShouldBeTrue();
        Judge(none).IsAccepted.ShouldBeTrue();
        half.Position.HasLongitudeDegrees.ShouldBeFalse();
        none.Position.ShouldBeNull();
    }

    [Theory]
    [InlineData(1000, RejectReason.Unspecified)]
    [InlineData(1001, RejectReason.TooManyNetworks)]
    public void At_most_a_thousand_networks_of_all_kinds(int count, RejectReason reason)
    {
        var report = Good();
        report.CellTowers.AddRange(Enumerable.Range(0, 300).Select(_ => new CellTower()));
        report.BluetoothBeacons.AddRange(Enumerable.Range(0, 100).Select(_ => new BluetoothBeacon { MacAddress = "a" }));
        while (report.WifiAccessPoints.Count < count - 402)
            report.WifiAccessPoints.Add(new WifiAccessPoint { MacAddress = "a" });

        Judge(report).Reject.ShouldBe(reason);
    }

    public static TheoryData<string, Action<Report, string>> Texts { get; } = new()
    {
        { "carrier", (report, text) => report.Carrier = text },
        { "bluetoothBeacons.0.macAddress", (report, text) => report.BluetoothBeacons[0].MacAddress = text },
        { "bluetoothBeacons.0.name", (report, text) => report.BluetoothBeacons[0].Name = text },
        { "bluetoothBeacons.0.id1", (report, text) => report.BluetoothBeacons[0].Id1 = text },
        { "bluetoothBeacons.0.id2", (report, text) => report.BluetoothBeacons[0].Id2 = text },
        { "bluetoothBeacons.0.id3", (report, text) => report.BluetoothBeacons[0].Id3 = text },
        { "cellTowers.0.mobileCountryCodeStr", (report, text) => report.CellTowers[0].MobileCountryCodeString = text },
        { "cellTowers.0.mobileNetworkCodeStr", (report, text) => report.CellTowers[0].MobileNetworkCodeString = text },
        { "wifiAccessPoints.1.macAddress", (report, text) => report.WifiAccessPoints[1].MacAddress = text },
        { "wifiAccessPoints.1.radioType", (report, text) => report.WifiAccessPoints[1].RadioType = text },
        { "wifiAccessPoints.1.ssid", (report, text) => report.WifiAccessPoints[1].Ssid = text },
        { "wifiAccessPoints.1.estimatedDistance.type", (report, text) => report.WifiAccessPoints[1].EstimatedDistance = new() { Type = text } },
    };

    [Theory, MemberData(nameof(Texts))]
    public void No_string_has_more_than_256_bytes(string path, Action<Report, string> set)
    {
        var fits = Good();
        set(fits, new string('ß', 128));
        var tooLong = Good();
        set(tooLong, new string('ß', 128) + "x");

        Judge(fits).IsAccepted.ShouldBeTrue();
        var verdict = Judge(tooLong);
        verdict.Reject.ShouldBe(RejectReason.StringTooLong);
        FieldNames.GeosubmitV2.PathOf(verdict.Where).ShouldBe(path);
    }

    [Theory]
    [InlineData(Now - 365 * Day, DropReason.Unspecified)]
    [InlineData(Now - 365 * Day - 1, DropReason.TooOld)]
    [InlineData(Now + Day, DropReason.Unspecified)]
    [InlineData(Now + Day + 1, DropReason.InFuture)]
    [InlineData(1_000_000_000_001, DropReason.TooOld)]
    [InlineData(9_999_999_999_999, DropReason.InFuture)]
    public void Old_reports_and_those_of_the_future_are_dropped(long milliseconds, DropReason reason)
    {
        var report = Good();
        report.ObservedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));

        Judge(report).Drop.ShouldBe(reason);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1_000_000_000, 0)]
    [InlineData(10_000_000_000, 0)]
    [InlineData(long.MaxValue, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(Now / 1000, -1)]
    [InlineData(Now / 1000, 1_000_000_000)]
    public void A_senseless_time_becomes_the_servers(long seconds, int nanoseconds)
    {
        var report = Good();
        report.ObservedAt = new() { Seconds = seconds, Nanos = nanoseconds };

        Judge(report).ObservedAtMilliseconds.ShouldBe(Now);
        report.ObservedAt.ShouldBe(new() { Seconds = Now / 1000, Nanos = 123_000_000 });
    }

    [Theory]
    [InlineData("cafe_nomap", false)]
    [InlineData("cafe_nomap ", true)]
    [InlineData("cafe_nomap2", true)]
    [InlineData("x_optout_nomap", false)]
    [InlineData("my_optouts", false)]
    [InlineData("_nomap", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    [InlineData("nomap", true)]
    public void An_owners_wish_is_heard(string? ssid, bool kept)
    {
        var report = Good();
        var wifi = new WifiAccessPoint { MacAddress = "ffffff" };
        if (ssid is not null)
            wifi.Ssid = ssid;
        report.WifiAccessPoints.Insert(0, wifi);

        Judge(report).IsAccepted.ShouldBeTrue();
        report.WifiAccessPoints.Any(other => other.MacAddress == "ffffff").ShouldBe(kept);
        report.WifiAccessPoints.Count.ShouldBe(kept ? 3 : 2);
    }

    [Fact]
    public void Networks_without_an_address_are_taken_out()
    {
        var report = Good();
        report.WifiAccessPoints.Insert(1, new WifiAccessPoint { Ssid = "x" });
        report.WifiAccessPoints.Add(new WifiAccessPoint { MacAddress = "" });
        report.BluetoothBeacons.Insert(0, new BluetoothBeacon { Name = "x" });

        Judge(report).IsAccepted.ShouldBeTrue();
        report.ShouldBe(Good());
    }

    [Fact]
    public void Why_no_network_is_left()
    {
        var hidden = new WifiAccessPoint { MacAddress = "a", Ssid = "" };
        Judge(new()).Drop.ShouldBe(DropReason.NoNetworks);
        Judge(new() { WifiAccessPoints = { new WifiAccessPoint() }, BluetoothBeacons = { new BluetoothBeacon() } }).Drop
            .ShouldBe(DropReason.NoNetworks);
        Judge(new() { WifiAccessPoints = { hidden } }).Drop.ShouldBe(DropReason.Privacy);
        Judge(new() { WifiAccessPoints = { hidden, new WifiAccessPoint() } }).Drop.ShouldBe(DropReason.Privacy);
        Judge(new() { WifiAccessPoints = { hidden }, CellTowers = { new CellTower() } }).IsAccepted.ShouldBeTrue();
    }

    private static Verdict Judge(Report report) => Policy.Judge(report, Now);

    private static Report Good() => Sample.Report(DateTimeOffset.FromUnixTimeMilliseconds(Now));
}
