using Exporter.Delivery.Batches;
using Exporter.GeosubmitExport.Parts;
using Exporter.TestKit.Batches;

namespace Exporter.GeosubmitExport;

/// <summary>Measures the process, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public async Task A_batch_is_read_in_parts_of_bounded_bytes_and_memory_stays_flat_however_large_it_is()
    {
        var export = TestExports.ToPartner("https://partner.example/", batch: 10_000_000);
        var batch = TestBatch.SealRepeated(export, reportsPerBlock: 1000, blocks: 150);
        var gaps = ReportRange.Gaps(batch.Batch.ReportCount, []);
        await using var window = new ReportWindow(batch.Attempt(export), gaps, BatchDelivery.MostPartBytes, TestContext.Current.CancellationToken);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (most, reports) = (0L, 0L);
        var pending = new Stack<ReportRange>(gaps);

        while (pending.TryPop(out var part))
        {
            if (await window.FillAsync(part))
            {
                window.Packed(part).Length.ShouldBeLessThanOrEqualTo(BatchDelivery.MostPartBytes);
                reports += part.Count;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                continue;
            }

            var (left, right) = PartTree.Halves(part);
            pending.Push(right);
            pending.Push(left);
        }

        reports.ShouldBe(batch.Batch.ReportCount);
        most.ShouldBeLessThan(24L << 20);
    }
}
