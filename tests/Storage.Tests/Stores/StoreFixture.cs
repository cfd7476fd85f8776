using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Exporter.Storage.Stores;

/// <summary>A store of its own for a test, on a clock that the test moves.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public ExportLimits Limits { get; } = new(NullLogger<ExportLimits>.Instance);

    public IBlockStore Blocks { get; protected set; } = null!;

    public IRoutingStore Routing { get; protected set; } = null!;

    public IBatchStore Batches { get; protected set; } = null!;

    public IExportStore Exports { get; protected set; } = null!;

    public IApiKeyStore Keys { get; protected set; } = null!;

    public ILimitStore Counts { get; protected set; } = null!;

    public IDeliveryQueries Queries { get; protected set; } = null!;

    public IDeadLetterStore DeadLetters { get; protected set; } = null!;

    public IRetainedBatchStore Retained { get; protected set; } = null!;

    public static async Task<StoreFixture> OpenAsync(StoreKind kind) =>
        kind == StoreKind.Sqlite ? await SqliteFixture.OpenAsync() : await PostgresFixture.OpenAsync();

    /// <summary>Ends this process's part of the store and begins anew, on what is stored.</summary>
    public abstract Task ReopenAsync();

    /// <summary>Moves the store's clock forward.</summary>
    public abstract Task AdvanceAsync(TimeSpan time);

    public abstract Task<long> CountAsync(string table);

    /// <summary>Payloads that a block still names.</summary>
    public abstract Task<long> CountPayloadsAsync();

    /// <summary>Blocks whose count of memberships is not that of the memberships there are.</summary>
    public abstract Task<long> CountMiscountedBlocksAsync();

    /// <summary>Counts a membership more than there is in every block, as a fault in a release might.</summary>
    public abstract Task MiscountAsync();

    /// <summary>Makes every stored hash another, as a broken disk might.</summary>
    public abstract Task DamageAsync();

    public abstract ValueTask DisposeAsync();

    public async Task<ExportDefinition> AddExportAsync(string name, Func<ExportSettings, ExportSettings> change, ExportKind kind = ExportKind.Dummy)
    {
        var export = new ExportDefinition(
            Guid.NewGuid(), name, kind, true, change(new ExportSettings()), ConditionalPut.Unknown, Clock.GetUtcNow(), Clock.GetUtcNow(), 0);
        (await Exports.CreateAsync(export, Cancel)).ShouldBe(SaveResult.Saved);
        return export;
    }

    /// <summary>Commits reports of four bytes each.</summary>
    public async Task CommitAsync(int count, string? apiKey = null, string source = ReportSource.Gnss) =>
        await Blocks.CommitAsync([new Submission(apiKey, [Packed(count, source)])], Cancel);

    public async Task<int> RouteAsync() => (await Routing.RouteAsync(await Exports.LoadAsync(Cancel), 1000, Cancel)).Blocks;

    public async Task<IReadOnlyList<ExportKind>> SealAsync(int maxBatches = 1000) =>
        await Routing.SealRipeAsync(await Exports.LoadAsync(Cancel), maxBatches, Cancel);

    public async Task ReleaseAllAsync()
    {
        while (await Routing.ReleaseAsync(1000, Cancel) > 0)
        {
        }
    }

    public Task<Claim?> ClaimAsync(ExportDefinition export, int maxInFlight = 8) =>
        Batches.ClaimAsync(export.Id, maxInFlight, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), Cancel);

    /// <summary>Whether an outcome was recorded; the third fault in a row opens a circuit, for a second, two, four, …</summary>
    public async Task<bool> RecordAsync(Claim claim, Outcome outcome, TimeSpan? dueIn = null, TimeSpan? retain = null) =>
        await EndAsync(claim, outcome, dueIn, retain) is not null;

    public Task<Recorded?> EndAsync(Claim claim, Outcome outcome, TimeSpan? dueIn = null, TimeSpan? retain = null) => Batches.RecordAsync(
        claim, outcome, new(dueIn ?? TimeSpan.Zero, retain ?? TimeSpan.Zero, new(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), 1)), Cancel);

    /// <summary>Seals a batch of so many reports, and claims it.</summary>
    public async Task<Claim> ClaimNewAsync(ExportDefinition export, int reports)
    {
        await CommitAsync(reports);
        await RouteAsync();
        return (await ClaimAsync(export)).ShouldNotBeNull();
    }

    public Task<bool> DeliverPartAsync(Claim claim, long from, long to) => Batches.RecordPartAsync(claim, new(from, to), null, Cancel);

    public Task<bool> RejectPartAsync(Claim claim, long from, long to, string errorType = "odd") =>
        Batches.RecordPartAsync(claim, new(from, to), new Outcome.Rejected(errorType, "Odd."), Cancel);

    public async Task<string> SettledAsync(Claim claim) => string.Join(' ', await Batches.ReadSettledAsync(claim.Batch.Id, Cancel));

    /// <summary>Open dead letters, oldest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> LettersAsync(DeadLetterFilter? filter = null) =>
        [.. (await DeadLetters.ListAsync(filter ?? DeadLetterFilter.All, null, 10_000, Cancel)).Reverse()];

    /// <summary>Claims and delivers all that is due; how many batches.</summary>
    public async Task<int> DeliverAllAsync(ExportDefinition export)
    {
        var delivered = 0;
        for (; await ClaimAsync(export) is { } claim; delivered++)
            (await RecordAsync(claim, new Outcome.Delivered())).ShouldBeTrue();
        return delivered;
    }

    public async Task<IReadOnlyList<BatchView>> ListAsync(ExportDefinition export, BatchState? state = null) =>
        await Queries.ListBatchesAsync(export.Id, state, null, 1000, Cancel);

    /// <summary>The books of all exports, after they were compared with the rows that they count.</summary>
    public async Task<IReadOnlyList<Books>> BooksAsync()
    {
        var books = await Queries.ReadBooksAsync(Cancel);
        foreach (var book in books)
        {
            book.Balance.ShouldBeTrue(book.ToString());
            var queued = await Queries.ListQueuesAsync(book.ExportId, 1000, Cancel);
            var batches = await Queries.ListBatchesAsync(book.ExportId, null, null, 10_000, Cancel);
            var letters = await DeadLetters.ListAsync(new() { ExportId = book.ExportId }, null, 10_000, Cancel);
            (book.Waiting, book.InFlight, book.Dead).ShouldBe((
                queued.Sum(queue => queue.Reports) + Reports(batches, BatchState.Sealed),
                Reports(batches, BatchState.Sending),
                letters.Sum(letter => letter.ToReport - letter.FromReport)));
            await CheckPartsAsync(batches, letters);
        }

        (await CountMiscountedBlocksAsync()).ShouldBe(0);
        return books;
    }

    public static PackedReports Packed(int count, string source = ReportSource.Gnss, byte mark = 1) => new(
        source,
        Enumerable.Range(0, count).SelectMany(_ => new byte[] { 3, mark, 2, 3 }).ToArray(),
        [.. Enumerable.Range(0, count).Select(i => new ReportMark((i + 1) * 4, 1_795_000_000_000 + i))]);

    /// <summary>What batches say is settled of them is what stands there in parts; the dead are wholly so, and have an open letter.</summary>
    private async Task CheckPartsAsync(IEnumerable<BatchView> batches, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var view in batches.Where(view => view.State == BatchState.Dead || view.SettledReports > 0))
        {
            var settled = await Batches.ReadSettledAsync(view.Batch.Id, Cancel);
            settled.Zip(settled.Skip(1)).ShouldAllBe(pair => pair.First.To <= pair.Second.From);
            if (view.State is BatchState.Sealed or BatchState.Sending or BatchState.Dead)
                settled.Sum(range => range.Count).ShouldBe(view.SettledReports);
            if (view.State == BatchState.Dead)
                (view.SettledReports, letters.Any(letter => letter.BatchId == view.Batch.Id)).ShouldBe((view.Batch.ReportCount, true));
        }
    }

    private static long Reports(IEnumerable<BatchView> batches, BatchState state) =>
        batches.Where(view => view.State == state).Sum(view => view.Batch.ReportCount - view.SettledReports);
}
