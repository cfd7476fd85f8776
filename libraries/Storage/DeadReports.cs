using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Queries;

namespace Exporter.Storage;

/// <summary>The reports of a dead letter: a run of its batch's.</summary>
internal static class DeadReports
{
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        IBatchStore store, Batch batch, DeadLetter letter, int limit, CancellationToken cancel)
    {
        var reports = new List<ReadOnlyMemory<byte>>();
        await foreach (var block in new BatchReader(store, batch).ReadBlocksAsync([new(letter.FromReport, letter.ToReport)], cancel))
        {
            var index = block.Range.From;
            foreach (var report in PackedReader.Split(block.Packed))
            {
                if (index++ < letter.FromReport)
                    continue;
                if (index > letter.ToReport || reports.Count >= limit)
                    return reports;
                reports.Add(report.ToArray());
            }
        }

        return reports;
    }
}
