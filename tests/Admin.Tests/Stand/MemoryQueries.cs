using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;

namespace Exporter.Admin.Tests.Stand;

internal sealed class MemoryQueries : IDeliveryQueries
{
    public List<QueueView> Queues { get; } = [];

    public List<BatchView> Batches { get; } = [];

    public List<Books> Books { get; } = [];

    public List<CircuitView> Circuits { get; } = [];

    public StoreView Store { get; set; } = new(0, null, 4096, 0, 1L << 30, []);

    public Task<IReadOnlyList<QueueView>> ListQueuesAsync(Guid? exportId, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<QueueView>>(
            [.. Queues.Where(queue => exportId is null || queue.ExportId == exportId).OrderBy(queue => queue.OldestAt).Take(limit)]);

    public Task<IReadOnlyList<BatchView>> ListBatchesAsync(
        Guid? exportId, BatchState? state, long? before, int limit, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<BatchView>>(
        [
            .. Batches.Where(view => exportId is null || view.Batch.ExportId == exportId)
                .Where(view => state is null || view.State == state)
                .Where(view => before is null || view.Number < before)
                .OrderByDescending(view => view.Number)
                .Take(limit),
        ]);

    public Task<BatchView?> FindBatchAsync(Guid id, CancellationToken cancel) =>
        Task.FromResult(Batches.FirstOrDefault(view => view.Batch.Id == id));

    public Task<IReadOnlyList<OldestBatch>> ListOldestBatchesAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<OldestBatch>>([]);

    public Task<IReadOnlyList<Books>> ReadBooksAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<Books>>([.. Books]);

    public Task<IReadOnlyList<QueueAge>> ReadQueueAgesAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<QueueAge>>(
        [.. Queues.GroupBy(queue => queue.ExportId).Select(group => new QueueAge(group.Key, group.Min(queue => queue.OldestAt)))]);

    public Task<IReadOnlyList<CircuitView>> ReadCircuitsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<CircuitView>>([.. Circuits]);

    public Task<StoreView> ReadStoreAsync(CancellationToken cancel) => Task.FromResult(Store);

    public Task<IReadOnlyList<Guid>> FindOrphansAsync(int mostBlocks, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Guid>>([]);
}
