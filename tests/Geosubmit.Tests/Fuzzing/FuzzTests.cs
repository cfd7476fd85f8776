using System.Globalization;
using System.Text.Json;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Google.Protobuf;

namespace Exporter.Geosubmit.Fuzzing;

/// <summary>Spoilt bodies in number (<c>EXPORTER_FUZZ_INPUTS</c>, 20,000 unless told; seed <c>EXPORTER_FUZZ_SEED</c>).</summary>
public sealed class FuzzTests
{
    private const int BytesPerByte = 250;
    private const int BytesPerBody = 1 << 18;

    [Fact]
    public async Task Whatever_a_body_holds_it_is_read_or_refused()
    {
        var inputs = Setting("EXPORTER_FUZZ_INPUTS", 20_000);
        var mutator = new JsonMutator(Setting("EXPORTER_FUZZ_SEED", 1), [.. Sample.All.SelectMany(Bases)]);
        var kinds = new Dictionary<Type, int>();
        var cancel = TestContext.Current.CancellationToken;
        var run = Task.Run(
            () =>
            {
                for (var i = 0; i < inputs; i++)
                    Check(mutator.Next(), i, kinds);
            },
            cancel);
        await run.WaitAsync(TimeSpan.FromMinutes(30), cancel);

        kinds.Values.Sum().ShouldBe(inputs * 3);
        if (inputs >= 1000)
        {
            kinds[typeof(GeosubmitReading.Document)].ShouldBeGreaterThan(inputs / 2);
            kinds[typeof(GeosubmitReading.ParseError)].ShouldBeGreaterThan(inputs / 2);
        }
    }

    private static void Check(byte[] body, int input, Dictionary<Type, int> kinds)
    {
        foreach (var version in Enum.GetValues<GeosubmitVersion>())
        {
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var reading = GeosubmitReader.Read(body, version, TestBodies.Now);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                allocated.ShouldBeLessThan((long)body.Length * BytesPerByte + BytesPerBody);
                ShouldBeSound(reading);
                kinds[reading.GetType()] = kinds.GetValueOrDefault(reading.GetType()) + 1;
            }
            catch (Exception e)
            {
                var file = Path.Combine(Path.GetTempPath(), $"geosubmit-{version}-{input}.json");
                File.WriteAllBytes(file, body);
                throw new InvalidOperationException($"Input {input} as {version} failed; it is kept in '{file}'.", e);
            }
        }
    }

    private static void ShouldBeSound(GeosubmitReading reading)
    {
        if (reading is GeosubmitReading.ParseError error)
        {
            (error.Decode is null || error.Validation is null).ShouldBeTrue();
            return;
        }

        if (reading is not GeosubmitReading.Document document)
            return;

        document.Accepted.Select(accepted => accepted.Index).Concat(document.Rejected.Select(rejected => rejected.Index))
            .Order().SequenceEqual(Enumerable.Range(0, document.ItemCount)).ShouldBeTrue();
        foreach (var rejected in document.Rejected)
            (rejected.Reason != RejectReason.Unspecified && rejected.Detail.EndsWith('.')).ShouldBeTrue();
        foreach (var (_, report) in document.Accepted)
            ShouldBeSound(report);
        RoundTrip.Of([.. document.Accepted.Select(accepted => accepted.Report)]);
    }

    private static void ShouldBeSound(Report report)
    {
        if (!Report.Parser.ParseFrom(report.ToByteArray()).Equals(report))
            report.ShouldBeNull("It changed on its way through protobuf.");
        TestBodies.ObservedMilliseconds(report).ShouldBeInRange(1_000_000_000_001, 9_999_999_999_999);
        (report.BluetoothBeacons.Count + report.CellTowers.Count + report.WifiAccessPoints.Count).ShouldBeLessThanOrEqualTo(1000);
        report.WifiAccessPoints.All(wifi => wifi.HasMacAddress && wifi.MacAddress.Length > 0).ShouldBeTrue();
        report.BluetoothBeacons.All(beacon => beacon.HasMacAddress && beacon.MacAddress.Length > 0).ShouldBeTrue();
        report.CellTowers.All(cell => Enum.IsDefined(cell.RadioType)).ShouldBeTrue();
        if (report.Position is not { } position)
            return;
        Enum.IsDefined(position.Source).ShouldBeTrue();
        double.IsFinite(position.LatitudeDegrees + position.LongitudeDegrees + 0 * position.AccuracyMeters).ShouldBeTrue();
    }

    private static IEnumerable<byte[]> Bases(Sample sample)
    {
        yield return sample.Body;
        using var document = JsonDocument.Parse(sample.Body);
        foreach (var item in document.RootElement.GetProperty("items").EnumerateArray())
        {
            yield return [.. "{\"items\":["u8, .. System.Text.Encoding.UTF8.GetBytes(item.GetRawText()), .. "]}"u8];
            yield return [.. "{\"items\":[{},"u8, .. JsonSerializer.SerializeToUtf8Bytes(item), .. "]}"u8];
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
