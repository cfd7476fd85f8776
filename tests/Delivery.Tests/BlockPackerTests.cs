using Exporter.Delivery.Blocks;

namespace Exporter.Delivery;

public sealed class BlockPackerTests
{
    [Fact]
    public void Every_report_is_in_one_block_in_order_with_its_bounds()
    {
        var submissions = Enumerable.Range(0, 30).Select(i => new Submission(i % 3 == 0 ? "test-key" : null, [Group(i * 1000, 170 + i)])).ToList();
        var blocks = BlockPacker.Pack(submissions, Guid.NewGuid);

        blocks.ShouldAllBe(block => block.ReportCount <= Block.MaxReports && block.Payload.Length <= Block.MaxBytes + 1);
        foreach (var key in new[] { "test-key", null })
        {
            var expected = submissions.Where(submission => submission.ApiKey == key).SelectMany(submission => Ids(submission.Groups[0].Bytes)).ToList();
            blocks.Where(block => block.ApiKey == key).SelectMany(block => Ids(BlockCodec.Unpack(block.Payload))).ShouldBe(expected);
        }

        foreach (var block in blocks)
        {
            var ids = Ids(BlockCodec.Unpack(block.Payload)).ToList();
            ids.Count.ShouldBe(block.ReportCount);
            block.FirstObservedAtMilliseconds.ShouldBe(ids.Min());
            block.LastObservedAtMilliseconds.ShouldBe(ids.Max());
        }
    }

    [Fact]
    public void A_block_closes_before_a_mebibyte_and_a_single_larger_report_has_one_of_its_own()
    {
        var large = new byte[600_000];
        large[0] = 0xBD;
        PackedReports group = new(ReportSource.Gnss, large.Concat(large).ToArray(), [new(600_000, 1), new(1_200_000, 2)]);
        PackedReports huge = new(ReportSource.Gnss, new byte[1_500_000], [new(1_500_000, 3)]);
        BlockPacker.Pack([new(null, [group]), new(null, [huge])], Guid.NewGuid).Select(block => block.ReportCount).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public void A_codec_that_is_not_known_is_refused()
    {
        Should.Throw<InvalidDataException>(() => BlockCodec.Unpack(new byte[] { 9, 1 })).Message.ShouldBe(
            "A block has codec 9, which this version does not know. Use the version that wrote the database, or a newer one.");
        Should.Throw<InvalidDataException>(() => PackedReader.Split(new byte[] { 5, 1 }).ToList());
        Should.Throw<InvalidDataException>(() => PackedReader.Split(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }).ToList());
    }

    // Reports whose four bytes are a number, which is also their time.
    private static PackedReports Group(int first, int count) => new(
        ReportSource.Gnss,
        Enumerable.Range(first, count).SelectMany(i => new byte[] { 4 }.Concat(BitConverter.GetBytes(i))).ToArray(),
        [.. Enumerable.Range(0, count).Select(i => new ReportMark((i + 1) * 5, first + i))]);

    private static IEnumerable<long> Ids(ReadOnlyMemory<byte> packed) =>
        PackedReader.Split(packed).Select(report => (long)BitConverter.ToInt32(report.Span));
}
