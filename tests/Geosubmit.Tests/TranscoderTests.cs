using System.Buffers;
using System.Text;
using Exporter.Geosubmit.Transcoding;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Geosubmit;

/// <summary>Transcoding gives byte for byte what parsing and writing would.</summary>
public sealed class TranscoderTests
{
    [Fact]
    public void What_our_serializer_writes_is_transcoded_without_parsing()
    {
        var random = new RandomReports(3);
        for (var i = 0; i < 5000; i++)
        {
            var packed = random.Next().ToByteArray();
            var output = new byte[ReportTranscoder.Most(packed.Length)];
            new ReportTranscoder(packed, output).TryWrite(out var written).ShouldBeTrue();
            ShouldBeSame(packed, output.AsSpan(0, written));
        }
    }

    [Fact]
    public void The_smallest_fields_with_the_longest_names_fit_into_the_space_asked_for()
    {
        var report = new Report { HomeMobileCountryCode = 127, HomeMobileNetworkCode = 127, Position = new() { AgeMilliseconds = -64 } };
        while (report.CalculateSize() < ReportTranscoder.LongestReport - 32)
        {
            report.WifiAccessPoints.Add(new WifiAccessPoint { SignalToNoiseRatioDb = -64, EstimatedDistance = new() { Type = "\0" } });
            report.CellTowers.Add(new CellTower { PrimaryScramblingCode = 127, MobileCountryCodeString = "" });
        }

        var packed = report.ToByteArray();
        var output = new byte[ReportTranscoder.Most(packed.Length)];
        new ReportTranscoder(packed, output).TryWrite(out var written).ShouldBeTrue();
        ShouldBeSame(packed, output.AsSpan(0, written));
    }

    [Fact]
    public void Short_and_long_reports_come_out_as_written()
    {
        var random = new RandomReports(4);
        for (var i = 0; i < 2000; i++)
        {
            var packed = random.Next().ToByteArray();
            ShouldBeSame(packed, Transcoded(packed));
        }
    }

    [Fact]
    public void Fields_in_any_order_and_number_come_out_as_parsed()
    {
        var random = new Random(5);
        var reports = new RandomReports(5);
        for (var i = 0; i < 2000; i++)
        {
            var packed = PackedFields.Shuffled(reports.Next().ToByteArray(), reports.Next().ToByteArray(), random);
            ShouldBeSame(packed, Transcoded(packed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0A00")]
    [InlineData("0A020801")]
    [InlineData("0A0408011002")]
    [InlineData("0A0410020801")]
    [InlineData("0A0B08FFFFFFFFFFFFFFFFFF01")]
    [InlineData("0A0C08FFFFFFFFFFFFFFFFFF011005")]
    [InlineData("1200")]
    [InlineData("12025001")]
    [InlineData("12025063")]
    [InlineData("120B50FFFFFFFFFFFFFFFFFF01")]
    [InlineData("1209090000000000000080")]
    [InlineData("120909000000000000F07F")]
    [InlineData("12025002120248021200")]
    [InlineData("1A021A00")]
    [InlineData("1A040A02C328")]
    [InlineData("22002A00")]
    [InlineData("2A002200")]
    [InlineData("2A024A00")]
    [InlineData("2A044A001201")]
    [InlineData("320061")]
    [InlineData("3200")]
    [InlineData("320161320162")]
    [InlineData("38FFFFFFFFFFFFFFFFFF01")]
    [InlineData("38FFFFFFFFFFFFFFFFFF7F")]
    [InlineData("3880808080808080808001")]
    [InlineData("38818080808000")]
    [InlineData("F80701")]
    [InlineData("4D00000000")]
    [InlineData("9A0600")]
    [InlineData("0000")]
    [InlineData("0A")]
    [InlineData("0AFF")]
    [InlineData("220A")]
    [InlineData("3D")]
    public void Odd_bytes_come_out_as_parsed_or_fail_as_parsed(string hex) => ShouldBeSame(Convert.FromHexString(hex));

    [Fact]
    public void Spoilt_bytes_come_out_as_parsed_or_fail_as_parsed()
    {
        var random = new Random(6);
        var reports = new RandomReports(6);
        for (var i = 0; i < 20_000; i++)
        {
            var packed = reports.Next().ToByteArray();
            if (packed.Length > 2048)
                continue;
            for (var spoilt = random.Next(1, 4); spoilt > 0; spoilt--)
                packed[random.Next(packed.Length)] = (byte)random.Next(256);
            ShouldBeSame(packed);
        }
    }

    private static void ShouldBeSame(byte[] packed)
    {
        try
        {
            Report.Parser.ParseFrom(packed);
        }
        catch (InvalidProtocolBufferException)
        {
            Should.Throw<InvalidProtocolBufferException>(() => Transcoded(packed));
            return;
        }

        ShouldBeSame(packed, Transcoded(packed));
    }

    private static void ShouldBeSame(byte[] packed, ReadOnlySpan<byte> transcoded)
    {
        var written = new ArrayBufferWriter<byte>();
        GeosubmitWriter.Write(written, Report.Parser.ParseFrom(packed));
        if (!transcoded.SequenceEqual(written.WrittenSpan))
            Encoding.UTF8.GetString(transcoded).ShouldBe(Encoding.UTF8.GetString(written.WrittenSpan), Convert.ToHexString(packed));
    }

    private static ReadOnlySpan<byte> Transcoded(byte[] packed)
    {
        var output = new ArrayBufferWriter<byte>();
        GeosubmitWriter.WritePacked(output, packed);
        return output.WrittenSpan;
    }
}
