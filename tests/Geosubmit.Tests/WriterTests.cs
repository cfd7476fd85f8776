using System.Buffers;
using System.Globalization;
using System.Text;
using Exporter.Geosubmit.Writing;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

public sealed class WriterTests
{
    [Fact]
    public void A_full_report_has_every_field_by_its_name_in_version_2() => Written(new()
    {
        ObservedAt = new() { Seconds = 1795000003, Nanos = 193_999_999 },
        Position = new()
        {
            LatitudeDegrees = 48.2109682,
            LongitudeDegrees = -16.5,
            AccuracyMeters = 5,
            AltitudeMeters = 148.6,
            AltitudeAccuracyMeters = 4.6,
            HeadingDegrees = 234.6,
            PressureHectopascals = 1019.44,
            SpeedMetersPerSecond = 2.82,
            AgeMilliseconds = 482,
            Source = PositionSource.Gnss,
        },
        BluetoothBeacons =
        {
            new BluetoothBeacon
            {
                MacAddress = "b", AgeMilliseconds = 1, Name = "n", SignalStrengthDbm = -2, BeaconType = 533,
                Id1 = "x", Id2 = "y", Id3 = "z",
            },
        },
        CellTowers =
        {
            new CellTower
            {
                RadioType = CellRadioType.Nr, MobileCountryCode = 232, MobileNetworkCode = 1, LocationAreaCode = 3, CellId = 68719476735,
                AgeMilliseconds = 4, Asu = 5, PrimaryScramblingCode = 6, Serving = 1, SignalStrengthDbm = -82, TimingAdvance = 7,
                Arfcn = 434555, MobileCountryCodeString = "232", MobileNetworkCodeString = "01",
            },
        },
        WifiAccessPoints =
        {
            new WifiAccessPoint
            {
                MacAddress = "w", AgeMilliseconds = 8, Channel = 36, FrequencyMegahertz = 5180, SignalStrengthDbm = -76,
                SignalToNoiseRatioDb = 9, RadioType = "802.11ax", Ssid = "net",
                EstimatedDistance = new() { DistanceMeters = 1.5, AccuracyMeters = 0.5, Type = "ONE_SIDED" },
            },
        },
        Carrier = "home",
        HomeMobileCountryCode = 310,
        HomeMobileNetworkCode = 410,
    }).ShouldBe(
        """
        {"timestamp":1795000003193,"position":{"latitude":48.2109682,"longitude":-16.5,"accuracy":5,"altitude":148.6,
        "altitudeAccuracy":4.6,"heading":234.6,"pressure":1019.44,"speed":2.82,"age":482,"source":"gnss"},
        "bluetoothBeacons":[{"macAddress":"b","age":1,"name":"n","signalStrength":-2,"beaconType":533,
        "id1":"x","id2":"y","id3":"z"}],"cellTowers":[{"radioType":"nr","mobileCountryCode":232,"mobileNetworkCode":1,
        "locationAreaCode":3,"cellId":68719476735,"age":4,"asu":5,"primaryScramblingCode":6,"serving":1,
        "signalStrength":-82,"timingAdvance":7,"arfcn":434555,"mobileCountryCodeStr":"232","mobileNetworkCodeStr":"01"}],
        "wifiAccessPoints":[{"macAddress":"w","age":8,"channel":36,"frequency":5180,"signalStrength":-76,
        "signalToNoiseRatio":9,"radioType":"802.11ax","ssid":"net","estimatedDistance":{"distance":1.5,"accuracy":0.5,
        "type":"ONE_SIDED"}}],"carrier":"home","homeMobileCountryCode":310,"homeMobileNetworkCode":410}
        """.ReplaceLineEndings(""));

    [Fact]
    public void An_empty_report_has_its_time_and_three_empty_arrays() =>
        Written(new()).ShouldBe("""{"timestamp":0,"bluetoothBeacons":[],"cellTowers":[],"wifiAccessPoints":[]}""");

    [Fact]
    public void Empty_parts_are_empty_objects() =>
        Written(new() { Position = new(), CellTowers = { new CellTower(), new CellTower() } }).ShouldBe(
            """{"timestamp":0,"position":{},"bluetoothBeacons":[],"cellTowers":[{},{}],"wifiAccessPoints":[]}""");

    [Theory]
    [InlineData(PositionSource.Gnss, "gnss")]
    [InlineData(PositionSource.Fused, "fused")]
    [InlineData(PositionSource.Fixed, "fixed")]
    [InlineData(PositionSource.Query, "query")]
    public void A_source_is_a_word(PositionSource source, string word) =>
        Written(new() { Position = new() { Source = source } }).ShouldContain($"\"position\":{{\"source\":\"{word}\"}}");

    [Theory]
    [InlineData(CellRadioType.Gsm, "gsm")]
    [InlineData(CellRadioType.Cdma, "cdma")]
    [InlineData(CellRadioType.Wcdma, "wcdma")]
    [InlineData(CellRadioType.Lte, "lte")]
    [InlineData(CellRadioType.Nr, "nr")]
    public void A_radio_type_is_a_word(CellRadioType radio, string word) =>
        Written(new() { CellTowers = { new CellTower { RadioType = radio } } }).ShouldContain($$"""[{"radioType":"{{word}}"}]""");

    [Fact]
    public void What_JSON_has_no_form_for_is_left_out() =>
        Written(new()
        {
            Position = new() { LatitudeDegrees = double.NaN, LongitudeDegrees = double.NegativeInfinity, Source = (PositionSource)99 },
            CellTowers = { new CellTower { RadioType = (CellRadioType)99, Asu = 1 } },
        }).ShouldBe("""{"timestamp":0,"position":{},"bluetoothBeacons":[],"cellTowers":[{"asu":1}],"wifiAccessPoints":[]}""");

    [Theory]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\b\f\n\r\t", "\"\\b\\f\\n\\r\\t\"")]
    [InlineData("\0\u0001\u001f", "\"\\u0000\\u0001\\u001f\"")]
    [InlineData("/\u007f\u00fc\u20ac\ud83d\ude00\u2028", "\"/\u007f\u00fc\u20ac\ud83d\ude00\u2028\"")]
    public void Text_has_only_the_escapes_that_it_needs(string text, string json) =>
        Written(new() { Carrier = text }).ShouldEndWith($",\"carrier\":{json}}}");

    [Fact]
    public void Numbers_are_the_shortest_that_read_back()
    {
        var random = new RandomReports(7);
        Span<byte> output = stackalloc byte[32];
        for (var i = 0; i < 200_000; i++)
        {
            var number = random.Number();
            var written = Encoding.ASCII.GetString(output[..ShortestNumber.Format(number, output)]);
            if (written != number.ToString("R", CultureInfo.InvariantCulture))
                written.ShouldBe(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void Whatever_is_read_comes_back_from_what_is_written()
    {
        var random = new RandomReports(1);
        for (var i = 0; i < 40; i++)
            RoundTrip.Of([.. Enumerable.Range(0, 100).Select(_ => random.Next())]);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        var random = new RandomReports(2);
        var reports = Enumerable.Range(0, 100).Select(_ => random.Next()).ToArray();
        var output = new ArrayBufferWriter<byte>(16 << 20);
        foreach (var report in reports)
            GeosubmitWriter.Write(output, report);

        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var report in reports)
            GeosubmitWriter.Write(output, report);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Written(Report report)
    {
        var output = new ArrayBufferWriter<byte>();
        GeosubmitWriter.Write(output, report);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
