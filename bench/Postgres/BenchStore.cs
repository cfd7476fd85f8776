using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Storage;
using Exporter.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Exporter.Bench.Postgres;

/// <summary>The store with one export, and submissions of a thousand reports for it.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    public BenchStore(NpgsqlDataSource source)
    {
        var store = new PostgresStore(source, new PostgresOptions(), TimeProvider.System);
        var limits = new ExportLimits(NullLogger<ExportLimits>.Instance);
        Source = source;
        Blocks = new(store, limits);
        Routing = new(store, limits);
        Batches = new(store);
        Exports = new(store);
        Queries = new(store, limits);
    }

    public NpgsqlDataSource Source { get; }

    public PostgresBlockStore Blocks { get; }

    public PostgresRoutingStore Routing { get; }

    public PostgresBatchStore Batches { get; }

    public PostgresExportStore Exports { get; }

    public PostgresQueries Queries { get; }

    public async Task<ExportDefinition> AddExportAsync(int batchReports)
    {
        var settings = new ExportSettings { BatchReports = batchReports, Concurrency = 4 };
        var export = new ExportDefinition(
            Guid.NewGuid(), "bench", ExportKind.Dummy, true, settings, ConditionalPut.Unknown, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0);
        await Exports.CreateAsync(export, CancellationToken.None);
        return export;
    }

    /// <summary>One commit of four blocks of a thousand reports.</summary>
    public static List<Submission> Commit(List<byte[]> payloads) =>
    [
        .. payloads.Take(4).Select((payload, i) => new Submission(
            $"bench-{i}",
            [new(ReportSource.Gnss, payload, [.. Ends(payload).Select(end => new ReportMark(end, 1_795_000_000_000))])])),
    ];

    /// <summary>Of outcomes that are no faults.</summary>
    public static RecordTerms Terms(TimeSpan retain) => new(TimeSpan.Zero, retain, new(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), 1));

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    private static IEnumerable<int> Ends(byte[] packed)
    {
        for (var at = 0; at < packed.Length;)
        {
            at += PackedReader.ReadLength(packed.AsSpan(at), out var prefix) + prefix;
            yield return at;
        }
    }
}
