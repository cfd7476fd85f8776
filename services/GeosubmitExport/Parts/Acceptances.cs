using Exporter.Delivery.Batches;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>
/// Remembers that partners took something, so that a batch which is refused whole, while others are accepted, is told from a
/// partner that refuses everything. A hint of this process: without it the circuit opens once more than need be.
/// </summary>
internal sealed class Acceptances
{
    private const int Most = 1024;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, long> countByExport = [];
    private readonly Dictionary<Guid, long> countByRefusedBatch = [];

    public void Note(Guid exportId)
    {
        lock (gate)
        {
            if (countByExport.Count >= Most)
                countByExport.Clear();
            countByExport[exportId] = countByExport.GetValueOrDefault(exportId) + 1;
        }
    }

    /// <summary>Notes that all of a batch was refused; true when its partner took something else since that happened first.</summary>
    public bool SinceRefusalOf(Batch batch)
    {
        lock (gate)
        {
            var count = countByExport.GetValueOrDefault(batch.ExportId);
            if (countByRefusedBatch.TryGetValue(batch.Id, out var before))
                return count > before;

            if (countByRefusedBatch.Count >= Most)
                countByRefusedBatch.Clear();
            countByRefusedBatch[batch.Id] = count;
            return false;
        }
    }
}
