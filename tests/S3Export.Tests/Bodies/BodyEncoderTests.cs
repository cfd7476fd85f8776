using System.Security.Cryptography;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Objects;
using Exporter.Geosubmit.Bodies;
using Exporter.S3Export.Bodies;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Bodies;

public sealed class BodyEncoderTests
{
    private static readonly ExportDefinition Export = TestExports.ToFolder("/data");

    [Theory]
    [InlineData(ObjectFormat.Json, ObjectCompression.Gzip)]
    [InlineData(ObjectFormat.Json, ObjectCompression.None)]
    [InlineData(ObjectFormat.Ndjson, ObjectCompression.Gzip)]
    [InlineData(ObjectFormat.Ndjson, ObjectCompression.None)]
    public async Task Every_form_holds_the_reports_in_order(ObjectFormat format, ObjectCompression compression)
    {
        var batch = Seal(2500, format, compression);

        var (body, _, sha256) = await EncodeAsync(batch, 1 << 20);

        BodyReports.Ids(body).ShouldBe(batch.Ids);
        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    [Fact]
    public async Task A_document_is_items_in_geosubmit_names()
    {
        var (body, _, _) = await EncodeAsync(Seal(2, ObjectFormat.Json, ObjectCompression.None), 1 << 20);

        var text = BodyReports.Text(body);
        text.ShouldStartWith("{\"items\":[{\"");
        text.ShouldEndWith("}]}");
        text.ShouldContain("\"wifiAccessPoints\":[{\"macAddress\":\"");
    }

    [Theory]
    [InlineData(GzipLevel.Fastest)]
    [InlineData(GzipLevel.Optimal)]
    [InlineData(GzipLevel.Smallest)]
    public async Task The_same_batch_gives_the_same_bytes_whatever_the_part_size(GzipLevel level)
    {
        var batch = Seal(3000, ObjectFormat.Json, ObjectCompression.Gzip, level);

        var (first, _, _) = await EncodeAsync(batch, 1 << 20);
        var (second, _, _) = await EncodeAsync(batch, 100_000);

        second.ShouldBe(first);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(262_144)]
    [InlineData(300_001)]
    public async Task All_parts_but_the_last_are_full(int partBytes)
    {
        var (body, parts, _) = await EncodeAsync(Seal(partBytes == 1 ? 1 : 500, ObjectFormat.Json, ObjectCompression.None), partBytes);

        parts.Sum().ShouldBe(body.Length);
        parts.SkipLast(1).ShouldAllBe(length => length == partBytes);
        parts[^1].ShouldBeInRange(1, partBytes);
    }

    [Fact]
    public async Task A_body_that_ends_with_a_full_part_has_no_empty_one_behind()
    {
        var batch = Seal(3, ObjectFormat.Json, ObjectCompression.None);
        var (body, _, _) = await EncodeAsync(batch, 1 << 20);

        (await EncodeAsync(batch, body.Length)).Parts.ShouldBe([body.Length]);
    }

    [Fact]
    public async Task Bytes_that_are_no_report_are_a_damaged_database()
    {
        var batch = Seal(3, ObjectFormat.Json, ObjectCompression.None);
        batch.Store.Damage = payload => [payload[0], 3, 0xff, 0xff, 0xff];

        var fault = await Should.ThrowAsync<InvalidDataException>(() => EncodeAsync(batch, 1 << 20));

        fault.Message.ShouldBe("A block holds bytes that are no report. The database is damaged: restore it from a backup.");
    }

    [Fact]
    public async Task A_report_too_few_is_a_damaged_database()
    {
        var batch = Seal(3, ObjectFormat.Json, ObjectCompression.None);
        batch.Store.Damage = payload => payload[..(2 + payload[1] + (payload[1] >= 0x80 ? 128 * (payload[2] - 1) + 1 : 0))];

        var fault = await Should.ThrowAsync<InvalidDataException>(() => EncodeAsync(batch, 1 << 20));

        fault.Message.ShouldContain("has 1 reports and was sealed with 3");
    }

    [Fact]
    public void A_part_can_be_read_again_from_its_start()
    {
        using var part = new BodyPart(1_000_000);
        var bytes = Enumerable.Range(0, 700_000).Select(i => (byte)(i * 7)).ToArray();
        part.Append(bytes).ShouldBe(700_000);
        part.Append(new byte[400_000]).ShouldBe(300_000);
        part.IsFull.ShouldBeTrue();
        var progress = 0;
        using var stream = new BodyPartStream(part, () => progress++);

        stream.Seek(262_000, SeekOrigin.Begin);
        var middle = new byte[1000];
        stream.ReadExactly(middle);
        stream.Position = 0;
        var all = new MemoryStream();
        stream.CopyTo(all);

        middle.ShouldBe(bytes[262_000..263_000]);
        all.ToArray()[..700_000].ShouldBe(bytes);
        all.Length.ShouldBe(1_000_000);
        progress.ShouldBeGreaterThan(3);
    }

    private static TestBatch Seal(int reports, ObjectFormat format, ObjectCompression compression, GzipLevel level = GzipLevel.Fastest) =>
        TestBatch.Seal(Export.With(objects => objects with { Format = format, Compression = compression, CompressionLevel = level }), reports);

    private static async Task<(byte[] Body, List<long> Parts, string Sha256)> EncodeAsync(TestBatch batch, long partBytes)
    {
        using var encoder = new BodyEncoder(batch.Batch.Target!, partBytes);
        using var body = new MemoryStream();
        var parts = new List<long>();
        await foreach (var part in encoder.EncodeAsync(batch.Attempt(Export), TestContext.Current.CancellationToken))
        {
            parts.Add(part.Length);
            using var stream = new BodyPartStream(part, () => { });
            await stream.CopyToAsync(body, TestContext.Current.CancellationToken);
            part.Dispose();
        }

        encoder.Bytes.ShouldBe(body.Length);
        return (body.ToArray(), parts, encoder.Sha256);
    }
}
