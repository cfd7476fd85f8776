using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Exporter.Geosubmit;
using Exporter.Reports.V1;
using Exporter.Samples;
using Google.Protobuf;

namespace Exporter.Cli.Tests;

public sealed class SampleReportsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_makes_the_same_reports_and_another_makes_others()
    {
        var first = new SampleReports(7, Now).Next(500);
        new SampleReports(7, Now).Next(500).ShouldBe(first);
        new SampleReports(8, Now).Next(500).Intersect(first).ShouldBeEmpty();
    }

    [Fact]
    public void A_seed_means_the_same_reports_for_ever() =>
        Convert.ToHexStringLower(
            SHA256.HashData(new SampleReports(1, Now).Next(200).SelectMany(report => report.ToByteArray()).ToArray()))[..16]
            .ShouldBe("cd6542f0ddffa49f");

    [Fact]
    public void Reports_are_distinct()
    {
        var reports = new SampleReports(1, Now).Next(20_000);
        reports.ToHashSet().Count.ShouldBe(reports.Count);
        reports.SelectMany(report => report.WifiAccessPoints).Select(wifi => wifi.MacAddress).ToHashSet().Count.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public void A_report_is_as_large_and_as_varied_as_a_real_one()
    {
        var reports = new SampleReports(1, Now).Next(20_000);
        var json = new ArrayBufferWriter<byte>();
        foreach (var report in reports)
            GeosubmitWriter.Write(json, report);

        var ratio = json.WrittenCount / (double)Packed(json.WrittenSpan);
        var (jsonSize, protobufSize) = (json.WrittenCount / reports.Count, reports.Sum(report => report.CalculateSize()) / reports.Count);
        TestContext.Current.TestOutputHelper!.WriteLine($"JSON {jsonSize} B, protobuf {protobufSize} B, gzip {ratio:0.00} : 1");
        jsonSize.ShouldBeInRange(1400, 1600);
        protobufSize.ShouldBeInRange(400, 500);
        ratio.ShouldBeInRange(3, 6);
    }

    [Fact]
    public void Reports_hold_what_networks_can_be()
    {
        foreach (var report in new SampleReports(3, Now).Next(5_000))
        {
            var observed = report.ObservedAt.ToDateTimeOffset();
            observed.ShouldBeInRange(Now.AddHours(-8.1), Now);
            report.Position.LatitudeDegrees.ShouldBeInRange(-90, 90);
            report.Position.LongitudeDegrees.ShouldBeInRange(-180, 180);
            report.WifiAccessPoints.Count.ShouldBeInRange(6, 14);
            report.WifiAccessPoints.Select(wifi => wifi.MacAddress).ShouldBeUnique();
            report.WifiAccessPoints.All(IsPlausible).ShouldBeTrue(report.ToString());
            report.BluetoothBeacons.ShouldHaveSingleItem();
            report.WifiAccessPoints.Select(wifi => wifi.MacAddress).Concat(report.BluetoothBeacons.Select(beacon => beacon.MacAddress))
                .All(IsUniversalUnicast).ShouldBeTrue(report.ToString());
            var cell = report.CellTowers.ShouldHaveSingleItem();
            cell.CellId.ShouldBeInRange(1, cell.RadioType == CellRadioType.Nr ? (1L << 36) - 1 : (1L << 28) - 1);
        }
    }

    [Fact]
    public void Nr_cells_use_their_36_bits() =>
        new SampleReports(3, Now).Next(5_000).SelectMany(report => report.CellTowers)
            .Where(cell => cell.RadioType == CellRadioType.Nr).Max(cell => cell.CellId).ShouldBeGreaterThan(1L << 35);

    [Fact]
    public void Walkers_meet_the_same_stations_again()
    {
        var reports = new SampleReports(1, Now).Next(64 * 20);
        var walk = Enumerable.Range(0, 20).Select(step => reports[step * 64].WifiAccessPoints.Select(wifi => wifi.MacAddress).ToHashSet())
            .ToArray();
        walk.Zip(walk.Skip(1)).Count(pair => pair.First.Overlaps(pair.Second)).ShouldBeGreaterThan(5);
    }

    [Fact]
    public void An_id_can_be_stamped_into_a_report_and_read_back()
    {
        var report = new SampleReports(1, Now).Next();
        var stamped = SampleReports.WithId(report, 4711);

        stamped.WifiAccessPoints[0].Ssid.ShouldBe("id-4711");
        SampleReports.IdOf(stamped).ShouldBe(4711);
        SampleReports.IdOf(report).ShouldBeNull();
        SampleReports.IdOf("id-0").ShouldBe(0);
        SampleReports.IdOf("id--1").ShouldBeNull();
        SampleReports.IdOf("idea").ShouldBeNull();
        SampleReports.IdOf((string?)null).ShouldBeNull();
        Should.Throw<ArgumentException>(() => SampleReports.WithId(new Report(), 1));
    }

    private static bool IsPlausible(WifiAccessPoint wifi) =>
        wifi.FrequencyMegahertz - (5 * wifi.Channel) is 2407 or 5000 or 5950
        && wifi.SignalStrengthDbm is >= -100 and <= -30
        && (!wifi.HasSsid || (wifi.Ssid.Length > 0 && !wifi.Ssid.EndsWith("_nomap", StringComparison.Ordinal)
            && !wifi.Ssid.Contains("_optout", StringComparison.Ordinal)));

    private static bool IsUniversalUnicast(string mac) => (Convert.ToInt32(mac[..2], 16) & 0b11) == 0;

    private static int Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return (int)packed.Length;
    }
}
