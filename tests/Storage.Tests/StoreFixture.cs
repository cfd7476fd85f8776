using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Storage.Sqlite;

namespace Exporter.Storage;

/// <summary>A store in a folder of its own, on a clock that the test moves.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("exporter-storage-").FullName;

    private StoreFixture()
    {
    }

    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public ExportLimits Limits { get; } = new(Microsoft.Extensions.Logging.Abstractions.NullLogger<ExportLimits>.Instance);

    public SqliteStore Store { get; private set; } = null!;

    public SqliteBlockStore Blocks { get; private set; } = null!;

    public SqliteRoutingStore Routing { get; private set; } = null!;

    public SqliteBatchStore Batches { get; private set; } = null!;

    public SqliteExportStore Exports { get; private set; } = null!;

    public SqliteApiKeyStore Keys { get; private set; } = null!;

    public SqliteQueries Queries { get; private set; } = null!;

    public SqliteDeadLetterStore DeadLetters { get; private set; } = null!;

    public string DatabasePath => Path.Combine(folder, "exporter.db");

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<StoreFixture> OpenAsync()
    {
        var fixture = new StoreFixture();
        await fixture.OpenStoreAsync();
        return fixture;
    }

    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        await OpenStoreAsync();
    }

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

    public async Task SealAsync() => await Routing.SealRipeAsync(await Exports.LoadAsync(Cancel), 1000, Cancel);

    public async Task ReleaseAllAsync()
    {
        while (await Routing.ReleaseAsync(1000, Cancel) > 0)
        {
        }
    }

    public Task<Claim?> ClaimAsync(ExportDefinition export, int maxInFlight = 8) =>
        Batches.ClaimAsync(export.Id, maxInFlight, TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1), Cancel);

    public Task<bool> RecordAsync(Claim claim, Outcome outcome, TimeSpan? dueIn = null, TimeSpan? retain = null) =>
        Batches.RecordAsync(claim, outcome, dueIn ?? TimeSpan.Zero, retain ?? TimeSpan.Zero, Cancel);

    public Task<long> CountAsync(string table) => Store.Readers.ReadAsync(session => session.Scalar<long>($"select count(*) from {table}"), Cancel);

    /// <summary>The books of all exports, after they were compared with the rows that they count.</summary>
    public async Task<IReadOnlyList<Delivery.Queries.Books>> BooksAsync()
    {
        var books = await Queries.ReadBooksAsync(Cancel);
        foreach (var book in books)
        {
            book.Balance.ShouldBeTrue(book.ToString());
            var (waiting, inFlight, dead) = await Store.Readers.ReadAsync(
                session => session.Query(
                    """
                    select
                      (select coalesce(sum(report_count), 0) from partition where export_id = $1)
                        + (select coalesce(sum(report_count), 0) from batch where export_id = $1 and state = 1),
                      (select coalesce(sum(report_count), 0) from batch where export_id = $1 and state = 2),
                      (select coalesce(sum(to_report - from_report), 0) from dead_letter where export_id = $1)
                    """,
                    row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
                    book.ExportId)[0],
                Cancel);
            (book.Waiting, book.InFlight, book.Dead).ShouldBe((waiting, inFlight, dead));
        }

        return books;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public static PackedReports Packed(int count, string source = ReportSource.Gnss, byte mark = 1) => new(
        source,
        Enumerable.Range(0, count).SelectMany(_ => new byte[] { 3, mark, 2, 3 }).ToArray(),
        [.. Enumerable.Range(0, count).Select(i => new ReportMark((i + 1) * 4, 1_795_000_000_000 + i))]);

    private async Task OpenStoreAsync()
    {
        Store = await SqliteStore.OpenAsync(DatabasePath, new SqliteOptions { MinFreeBytes = 1024 * 1024, MinFreePercent = 0 }, Clock);
        Blocks = new(Store, Limits);
        Routing = new(Store, Limits);
        Batches = new(Store);
        Exports = new(Store);
        Keys = new(Store);
        Queries = new(Store, Limits);
        DeadLetters = new(Store, Batches);
    }
}
