using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

/// <summary>Every field of every version comes to the same place.</summary>
public sealed class VersionTests
{
    private static readonly Report Full = new()
    {
        ObservedAt = new() { Seconds = 1460700010 },
        Position = new()
        {
            LatitudeDegrees = 51.5,
            LongitudeDegrees = -0.1,
            AccuracyMeters = 10.5,
            AltitudeMeters = -3.5,
            AltitudeAccuracyMeters = 7.5,
            HeadingDegrees = 90.5,
            PressureHectopascals = 1013.5,
            SpeedMetersPerSecond = 2.5,
            AgeMilliseconds = 1000,
            Source = PositionSource.Fused,
        },
        BluetoothBeacons = { new BluetoothBeacon { MacAddress = "b", AgeMilliseconds = -5, Name = "beacon", SignalStrengthDbm = -77 } },
        CellTowers =
        {
            new CellTower
            {
                RadioType = CellRadioType.Lte,
                MobileCountryCode = 262,
                MobileNetworkCode = 1,
                LocationAreaCode = 12,
                CellId = 68719476735,
                AgeMilliseconds = 3,
                Asu = 31,
                PrimaryScramblingCode = 5,
                Serving = 1,
                SignalStrengthDbm = -90,
                TimingAdvance = 8,
                Arfcn = 500,
            },
        },
        WifiAccessPoints =
        {
            new WifiAccessPoint
            {
                MacAddress = "w",
                AgeMilliseconds = 4,
                Channel = 11,
                FrequencyMegahertz = 2462,
                SignalStrengthDbm = -50,
                SignalToNoiseRatioDb = 20,
                RadioType = "802.11ax",
                Ssid = "net",
            },
        },
    };

    [Fact]
    public void Version_0_has_short_names_and_the_position_in_the_report() => TestBodies.Report(
        """
        {"time":"2016-04-15T06:00:10.5Z","lat":51.5,"lon":-0.1,"accuracy":10.5,"altitude":-3.5,"altitude_accuracy":7.5,
         "heading":90.5,"pressure":1013.5,"speed":2.5,"age":1000,"source":"fused",
         "blue":[{"key":"b","age":-5,"name":"beacon","signal":-77}],
         "cell":[{"radio":"lte","mcc":262,"mnc":1,"lac":12,"cid":68719476735,"age":3,"asu":31,"psc":5,"serving":1,"signal":-90,
                  "ta":8,"arfcn":500}],
         "wifi":[{"key":"w","age":4,"channel":11,"frequency":2462,"radio":"802.11ax","signal":-50,"signalToNoiseRatio":20,
                  "ssid":"net"}],
         "carrier":1,"homeMobileCountryCode":"x","timestamp":"y","position":7,"latitude":"z","cellTowers":null}
        """,
        GeosubmitVersion.V0).ShouldBe(Full);

    [Fact]
    public void Version_1_has_the_position_in_the_report()
    {
        var expected = Full.Clone();
        expected.Carrier = "home";
        expected.HomeMobileCountryCode = 310;
        expected.HomeMobileNetworkCode = 410;

        TestBodies.Report(
            """
            {"timestamp":1460700010000,"carrier":"home","homeMobileCountryCode":310,"homeMobileNetworkCode":410,
             "latitude":51.5,"longitude":-0.1,"accuracy":10.5,"altitude":-3.5,"altitudeAccuracy":7.5,"heading":90.5,
             "pressure":1013.5,"speed":2.5,"age":1000,"source":"fused","position":7,
             "bluetoothBeacons":[{"macAddress":"b","age":-5,"name":"beacon","signalStrength":-77}],
             "cellTowers":[{"radioType":"lte","mobileCountryCode":262,"mobileNetworkCode":1,"locationAreaCode":12,
                "cellId":68719476735,"age":3,"asu":31,"psc":5,"serving":1,"signalStrength":-90,"timingAdvance":8,"arfcn":500,
                "primaryScramblingCode":"not in this version"}],
             "wifiAccessPoints":[{"macAddress":"w","age":4,"channel":11,"frequency":2462,"radioType":"802.11ax",
                "signalStrength":-50,"signalToNoiseRatio":20,"ssid":"net"}]}
            """,
            GeosubmitVersion.V1).ShouldBe(expected);
    }

    [Fact]
    public void Version_2_has_a_position_of_its_own()
    {
        var expected = Full.Clone();
        expected.Carrier = "home";

        TestBodies.Report(
            """
            {"timestamp":1460700010000,"carrier":"home","latitude":"not in this version",
             "position":{"latitude":51.5,"longitude":-0.1,"accuracy":10.5,"altitude":-3.5,"altitudeAccuracy":7.5,"heading":90.5,
                "pressure":1013.5,"speed":2.5,"age":1000,"source":"fused"},
             "bluetoothBeacons":[{"macAddress":"b","age":-5,"name":"beacon","signalStrength":-77}],
             "cellTowers":[{"radioType":"lte","mobileCountryCode":262,"mobileNetworkCode":1,"locationAreaCode":12,
                "cellId":68719476735,"age":3,"asu":31,"primaryScramblingCode":5,"serving":1,"signalStrength":-90,
                "timingAdvance":8,"arfcn":500,"psc":"not in this version"}],
             "wifiAccessPoints":[{"macAddress":"w","age":4,"channel":11,"frequency":2462,"radioType":"802.11ax",
                "signalStrength":-50,"signalToNoiseRatio":20,"ssid":"net"}]}
            """).ShouldBe(expected);
    }

    [Theory]
    [InlineData(GeosubmitVersion.V0, "lat", "cell")]
    [InlineData(GeosubmitVersion.V1, "latitude", "cellTowers")]
    public void Faults_are_named_as_the_version_names_the_fields(GeosubmitVersion version, string latitude, string cells)
    {
        TestBodies.Rejected($$"""{"{{latitude}}":"x"}""", version).FieldPath.ShouldBe(latitude);
        TestBodies.Rejected($$"""{"{{cells}}":[{},{"age":"x"}]}""", version).FieldPath.ShouldBe($"{cells}.1.age");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"latitude":null,"source":"elsewhere","age":false}""")]
    [InlineData("""{"latitude":1,"latitude":null}""")]
    public void A_position_in_the_report_of_which_nothing_is_left_is_none(string report) =>
        TestBodies.Report(report, GeosubmitVersion.V1).Position.ShouldBeNull();

    [Fact]
    public void What_todays_clients_add_is_read()
    {
        var report = TestBodies.Report(
            """
            {"cellTowers":[{"mobileCountryCodeStr":"232","mobileNetworkCodeStr":"01"}],
             "bluetoothBeacons":[{"macAddress":"b","beaconType":533,"id1":"a","id2":"b","id3":"c"}],
             "wifiAccessPoints":[{"macAddress":"w","estimatedDistance":{"distance":1.5,"accuracy":"0.5","type":"ONE_SIDED","x":1}}]}
            """);

        report.CellTowers.ShouldHaveSingleItem().ShouldBe(new() { MobileCountryCodeString = "232", MobileNetworkCodeString = "01" });
        report.BluetoothBeacons.ShouldHaveSingleItem().ShouldBe(
            new() { MacAddress = "b", BeaconType = 533, Id1 = "a", Id2 = "b", Id3 = "c" });
        report.WifiAccessPoints.ShouldHaveSingleItem().EstimatedDistance.ShouldBe(
            new() { DistanceMeters = 1.5, AccuracyMeters = .5, Type = "ONE_SIDED" });
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("[1,{\"a\":2}]")]
    [InlineData("{\"distance\":[1],\"accuracy\":\"x\",\"type\":1}")]
    [InlineData("\"\\ud800\"")]
    [InlineData("1e999")]
    public void What_todays_clients_add_is_never_a_fault(string json)
    {
        var report = TestBodies.Report(
            $$"""
            {"cellTowers":[{"mobileCountryCodeStr":{{json}},"mobileNetworkCodeStr":{{json}}}],
             "bluetoothBeacons":[{"macAddress":"b","beaconType":{{json}},"id1":{{json}},"id2":{{json}},"id3":{{json}}}],
             "wifiAccessPoints":[{"macAddress":"w","estimatedDistance":{{json}}}]}
            """);

        report.CellTowers.ShouldHaveSingleItem().CalculateSize().ShouldBe(0);
        report.BluetoothBeacons.ShouldHaveSingleItem().ShouldBe(new() { MacAddress = "b" });
        (report.WifiAccessPoints.ShouldHaveSingleItem().EstimatedDistance?.CalculateSize() ?? 0).ShouldBe(0);
    }
}
