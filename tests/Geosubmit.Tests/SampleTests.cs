using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit;

public sealed class SampleTests
{
    [Theory]
    [InlineData("neostumbler-v2", 12)]
    [InlineData("towercollector-v2", 10)]
    [InlineData("mozstumbler-v1", 8)]
    public void A_sample_is_taken_whole(string name, int reports)
    {
        var sample = Sample.All.Single(sample => sample.Name == name);

        var document = GeosubmitReader.Read(sample.Body, sample.Version, TestBodies.Now).ShouldBeOfType<GeosubmitReading.Document>();

        document.ItemCount.ShouldBe(reports);
        document.Accepted.Select(accepted => accepted.Index).ShouldBe(Enumerable.Range(0, reports));
        document.Rejected.ShouldBeEmpty();
        foreach (var (index, report) in document.Accepted)
            ShouldHoldTheNetworksOf(Item(sample, index), report);
    }

    [Fact]
    public void A_sample_written_and_read_again_is_the_same()
    {
        foreach (var sample in Sample.All)
        {
            var document = (GeosubmitReading.Document)GeosubmitReader.Read(sample.Body, sample.Version, TestBodies.Now);
            RoundTrip.Of([.. document.Accepted.Select(accepted => accepted.Report)]);
        }
    }

    [Fact]
    public void A_sample_of_version_2_keeps_every_value()
    {
        foreach (var sample in Sample.All.Where(sample => sample.Version == GeosubmitVersion.V2))
        {
            var document = (GeosubmitReading.Document)GeosubmitReader.Read(sample.Body, sample.Version, TestBodies.Now);
            foreach (var (index, report) in document.Accepted)
            {
                var output = new ArrayBufferWriter<byte>();
                GeosubmitWriter.Write(output, report);
                using var written = JsonDocument.Parse(output.WrittenMemory);
                Leaves(written.RootElement, "").ShouldBe(Leaves(Item(sample, index), ""), ignoreOrder: true);
            }
        }
    }

    private static JsonElement Item(Sample sample, int index)
    {
        using var document = JsonDocument.Parse(sample.Body);
        return document.RootElement.GetProperty("items")[index].Clone();
    }

    private static void ShouldHoldTheNetworksOf(JsonElement item, Report report)
    {
        report.WifiAccessPoints.Count.ShouldBe(Count(item, "wifiAccessPoints"));
        report.BluetoothBeacons.Count.ShouldBe(Count(item, "bluetoothBeacons"));
        report.CellTowers.Count.ShouldBe(Count(item, "cellTowers"));
    }

    private static int Count(JsonElement item, string name) => item.TryGetProperty(name, out var array) ? array.GetArrayLength() : 0;

    private static IEnumerable<string> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => Leaves(field.Value, $"{path}.{field.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, index) => Leaves(item, $"{path}.{index}")),
        JsonValueKind.Null => [],
        JsonValueKind.Number => [string.Create(CultureInfo.InvariantCulture, $"{path}={element.GetDouble()}")],
        _ => [$"{path}={(element.ToString() == "gps" ? "gnss" : element.ToString())}"],
    };
}
