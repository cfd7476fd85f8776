using Exporter.Delivery.Objects;
using Exporter.S3Export.Bodies;
using Exporter.TestKit.Batches;

namespace Exporter.S3Export.Tests.Bodies;

/// <summary>Measures the process, so nothing else runs beside it.</summary>
[CollectionDefinition(nameof(BodyMemoryTests), DisableParallelization = true)]
[Collection(nameof(BodyMemoryTests))]
public sealed class BodyMemoryTests
{
    [Fact]
    public async Task Memory_stays_flat_however_large_the_batch_is()
    {
        var export = TestExports.ToFolder("/data").With(objects => objects with { Compression = ObjectCompression.None });
        var batch = TestBatch.SealRepeated(export, reportsPerBlock: 1000, blocks: 150);
        using var encoder = new BodyEncoder(batch.Batch.Target!, 1 << 20);
        var most = 0L;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = 0;

        await foreach (var part in encoder.EncodeAsync(batch.Attempt(export), TestContext.Current.CancellationToken))
        {
            if (++count % 20 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            part.Dispose();
        }

        encoder.Bytes.ShouldBeGreaterThan(150L << 20);
        most.ShouldBeLessThan(16L << 20);
    }
}
