using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Parts;
using Exporter.TestKit.Batches;

namespace Exporter.GeosubmitExport;

public sealed class PartTreeTests
{
    [Theory]
    [InlineData(100, 250, "", "0-100 100-200 200-250")]
    [InlineData(100, 100, "", "0-100")]
    [InlineData(100, 250, "0-100", "100-200 200-250")]
    [InlineData(100, 250, "0-250", "")]
    [InlineData(100, 250, "0-50", "50-100 100-200 200-250")]
    [InlineData(100, 250, "100-125", "0-100 125-150 150-200 200-250")]
    [InlineData(8, 8, "3-4", "0-2 2-3 4-8")]
    [InlineData(1, 3, "1-2", "0-1 2-3")]
    [InlineData(0, 10_001, "", "0-10000 10000-10001")]
    public void What_is_not_settled_is_cut_into_the_largest_parts_that_were_cut_before(int size, int count, string settled, string parts)
    {
        var batch = TestBatch.Seal(TestExports.ToPartner("https://partner.example/", size), count).Batch;

        var gaps = ReportRange.Gaps(count, [.. settled.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Range)]);

        string.Join(' ', PartTree.Parts(batch, gaps)).ShouldBe(parts);
    }

    private static ReportRange Range(string text) => text.Split('-') is [var from, var to] ? new(long.Parse(from), long.Parse(to)) : default;
}
