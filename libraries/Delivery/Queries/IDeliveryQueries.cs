using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;

namespace Exporter.Delivery.Queries;

/// <summary>What operators see: reads only, each bounded.</summary>
public interface IDeliveryQueries
{
    /// <summary>Partitions in which reports wait unsealed, oldest first.</summary>
    Task<IReadOnlyList<QueueView>> ListQueuesAsync(Guid? exportId, int limit, CancellationToken cancel);

    /// <summary>Batches, newest first.</summary>
    /// <param name="exportId">Null: of all exports.</param>
    /// <param name="state">Null: in every state.</param>
    /// <param name="before">Only those with a smaller <see cref="BatchView.Number"/>; null: from the newest.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task<IReadOnlyList<BatchView>> ListBatchesAsync(Guid? exportId, BatchState? state, long? before, int limit, CancellationToken cancel);

    /// <summary>One batch, or null.</summary>
    Task<BatchView?> FindBatchAsync(Guid id, CancellationToken cancel);

    /// <summary>The longest sealed batch of each export that has one yet to be delivered.</summary>
    Task<IReadOnlyList<OldestBatch>> ListOldestBatchesAsync(CancellationToken cancel);

    /// <summary>The books of every export.</summary>
    Task<IReadOnlyList<Books>> ReadBooksAsync(CancellationToken cancel);

    /// <summary>Since when the oldest report of each export waits or is in flight, sealed or not; none where nothing waits.</summary>
    Task<IReadOnlyList<QueueAge>> ReadQueueAgesAsync(CancellationToken cancel);

    /// <summary>The circuits in which there are faults, of all exports.</summary>
    Task<IReadOnlyList<CircuitView>> ReadCircuitsAsync(CancellationToken cancel);

    /// <summary>The store as a whole.</summary>
    Task<StoreView> ReadStoreAsync(CancellationToken cancel);

    /// <summary>
    /// Routed blocks that no export needs any more, and that are there all the same (rule C4): there should be none, ever. Looks
    /// among those that are older than every block still needed, and makes sure of what it finds.
    /// </summary>
    /// <param name="mostBlocks">How many of the oldest blocks to look at.</param>
    /// <param name="cancel">Ends the waiting.</param>
    Task<IReadOnlyList<Guid>> FindOrphansAsync(int mostBlocks, CancellationToken cancel);
}

/// <summary>What waits in one partition.</summary>
public sealed record QueueView(Guid ExportId, string Partition, long Reports, long Bytes, DateTimeOffset OldestAt);

/// <summary>When the batch was sealed that an export's exporter has owed for longest.</summary>
public sealed record OldestBatch(Guid ExportId, DateTimeOffset SealedAt);
/// <summary>How long an export's reports wait.</summary>
/// <param name="ExportId">Whose.</param>
/// <param name="OldestAt">When the oldest was committed.</param>
public sealed record QueueAge(Guid ExportId, DateTimeOffset OldestAt);

/// <summary>A batch and how it fares.</summary>
/// <param name="Number">Grows in the order of sealing.</param>
/// <param name="Batch">What was sealed.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Attempts">Attempts begun, without those that were given back.</param>
/// <param name="DueAt">When it is tried next.</param>
/// <param name="DeliveredAt">When it was delivered, or null.</param>
/// <param name="ErrorType">Of the last failed attempt, or empty.</param>
/// <param name="ErrorDetail">Of the last failed attempt, or empty.</param>
/// <param name="Receipt">What stands at the destination, or null.</param>
public sealed record BatchView(
    long Number,
    Batch Batch,
    BatchState State,
    int Attempts,
    DateTimeOffset DueAt,
    DateTimeOffset? DeliveredAt,
    string ErrorType,
    string ErrorDetail,
    ObjectReceipt? Receipt)
{
    /// <summary>Reports of it that are settled in parts of their own: delivered, dead letters or discarded, while the others wait.</summary>
    public long SettledReports { get; init; }
}

/// <summary>The circuit of one export's destination, shared by all instances. Without faults there is none.</summary>
/// <param name="ExportId">Whose.</param>
/// <param name="IsOpen">Whether only probes are sent.</param>
/// <param name="Faults">Faults in a row.</param>
/// <param name="Since">When the first of them was recorded, by the store's clock.</param>
/// <param name="PausedUntil">Until when nothing is sent, by the store's clock.</param>
/// <param name="ErrorType">Of the last fault: a short fixed word.</param>
/// <param name="ErrorDetail">Of the last fault: a sentence for operators, since it may name the destination.</param>
public sealed record CircuitView(
    Guid ExportId, bool IsOpen, int Faults, DateTimeOffset Since, DateTimeOffset PausedUntil, string ErrorType, string ErrorDetail);

/// <summary>The books of one export, in reports (rule C8).</summary>
public sealed record Books(Guid ExportId, long Routed, long Delivered, long Waiting, long InFlight, long Dead, long Discarded)
{
    /// <summary>Whether routed = delivered + waiting + in flight + dead + discarded.</summary>
    public bool Balance => Routed == Delivered + Waiting + InFlight + Dead + Discarded;
}

/// <summary>The store as a whole.</summary>
/// <param name="UnroutedBlocks">Blocks that wait for routing; counted up to 100,000.</param>
/// <param name="OldestUnroutedAt">Since when the oldest of them waits, or null.</param>
/// <param name="StoreBytes">Size of the database, without its free pages' reuse.</param>
/// <param name="WalBytes">Size of its write-ahead log.</param>
/// <param name="FreeBytes">Room on its disk.</param>
/// <param name="Problems">Sentences for people; empty when all is well.</param>
public sealed record StoreView(
    long UnroutedBlocks,
    DateTimeOffset? OldestUnroutedAt,
    long StoreBytes,
    long WalBytes,
    long FreeBytes,
    IReadOnlyList<string> Problems);
