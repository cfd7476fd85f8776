using System.Buffers;
using System.Text;
using Exporter.Ingest.V1;

namespace Exporter.Geosubmit;

public sealed class RequestTests
{
    [Fact]
    public void An_empty_body_has_no_details()
    {
        var refused = GeosubmitReader.Read([], GeosubmitVersion.V2, TestBodies.Now).ShouldBeOfType<GeosubmitReading.ParseError>();

        refused.Decode.ShouldBeNull();
        refused.Validation.ShouldBeNull();
    }

    [Theory]
    [InlineData(" ", 1, 2)]
    [InlineData("{", 1, 2)]
    [InlineData("{\"items\":[", 1, 11)]
    [InlineData("{\"items\":[]}x", 1, 13)]
    [InlineData("{\"items\":[]} {}", 1, 14)]
    [InlineData("{\"items\":[],}", 1, 13)]
    [InlineData("\n{\"items\":[{\"age\":01}]}", 2, 19)]
    [InlineData("{\"items\":[1NaN]}", 1, 12)]
    [InlineData("{\"items\":[] /* */}", 1, 13)]
    [InlineData("{'items':[]}", 1, 2)]
    [InlineData("\ufeff{\"items\":[]}", 1, 1)]
    public void What_is_not_JSON_is_refused_with_its_place(string body, int line, int column)
    {
        var refused = TestBodies.Refused(body);

        refused.Decode.ShouldBe($"The body is not valid JSON: line {line}, byte {column}.");
        refused.Validation.ShouldBeNull();
    }

    [Fact]
    public void What_is_not_UTF8_is_refused() =>
        GeosubmitReader.Read([.. "{\"items\":[],\"x\":\""u8, 0xff, .. "\"}"u8], GeosubmitVersion.V2, TestBodies.Now)
            .ShouldBeOfType<GeosubmitReading.ParseError>().Decode.ShouldBe("The body is not valid UTF-8.");

    [Theory]
    [InlineData("{}", "items", "Required")]
    [InlineData("{\"item\":[]}", "items", "Required")]
    [InlineData("{\"items\":null}", "items", "Expected an array: null is not iterable.")]
    [InlineData("{\"items\":{\"a\":[1]}}", "items", "Expected an array: an object is not iterable.")]
    [InlineData("{\"items\":\"\"}", "items", "Expected an array: a string is not iterable.")]
    [InlineData("null", "", "Expected an object, found null.")]
    [InlineData("[{\"items\":[]}]", "", "Expected an object, found an array.")]
    [InlineData("NaN", "", "Expected an object, found a number.")]
    public void Without_items_it_is_refused_by_path(string body, string path, string sentence)
    {
        var refused = TestBodies.Refused(body);

        refused.Decode.ShouldBeNull();
        refused.Validation.ShouldNotBeNull().ShouldHaveSingleItem().ShouldBe(new(path, sentence));
    }

    [Fact]
    public void No_items_are_no_fault() => TestBodies.Document("""{"items":[]}""").ItemCount.ShouldBe(0);

    [Fact]
    public void One_bad_report_is_refused_alone()
    {
        var document = TestBodies.Document("""{"items":[{"carrier":"a"},{"wifiAccessPoints":[{"macAddress":10}]},{"carrier":"c"}]}""");

        document.ItemCount.ShouldBe(3);
        document.Accepted.Select(accepted => (accepted.Index, accepted.Report.Carrier)).ShouldBe([(0, "a"), (2, "c")]);
        document.Rejected.ShouldHaveSingleItem().ShouldBe(new RejectedReport
        {
            Index = 1,
            FieldPath = "wifiAccessPoints.0.macAddress",
            Reason = RejectReason.InvalidType,
            Detail = "Expected a string, found a number.",
        });
    }

    [Fact]
    public void When_every_report_has_a_wrong_type_the_whole_is_refused_with_full_paths()
    {
        var refused = TestBodies.Refused(
            """{"items":[{"wifiAccessPoints":[{"macAddress":10,"age":"x"}]},{"cellTowers":null},7,{"timestamp":"abc"}]}""");

        refused.Decode.ShouldBeNull();
        refused.Validation.ShouldBe(new Dictionary<string, string>
        {
            ["items.0.wifiAccessPoints.0.macAddress"] = "Expected a string, found a number.",
            ["items.0.wifiAccessPoints.0.age"] = "Expected an integer, found text that is not one.",
            ["items.1.cellTowers"] = "Expected an array: null is not iterable.",
            ["items.2"] = "Expected an object, found a number.",
            ["items.3.timestamp"] = "Expected an integer, found text that is not one.",
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4096)]
    public void A_body_in_pieces_reads_like_a_whole_one(int length)
    {
        foreach (var sample in Sample.All)
        {
            var whole = (GeosubmitReading.Document)GeosubmitReader.Read(sample.Body, sample.Version, TestBodies.Now);
            var pieces = (GeosubmitReading.Document)GeosubmitReader.Read(Pieces.Of(sample.Body, length), sample.Version, TestBodies.Now);
            pieces.Accepted.ShouldBe(whole.Accepted);
        }
    }

    private sealed class Pieces : ReadOnlySequenceSegment<byte>
    {
        public static ReadOnlySequence<byte> Of(byte[] body, int length)
        {
            var first = new Pieces { Memory = body.AsMemory(0, Math.Min(length, body.Length)) };
            var last = first;
            for (var at = length; at < body.Length; at += length)
            {
                var next = new Pieces { Memory = body.AsMemory(at, Math.Min(length, body.Length - at)), RunningIndex = at };
                last.Next = next;
                last = next;
            }

            return new(first, 0, last, last.Memory.Length);
        }
    }
}
