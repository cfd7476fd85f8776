using System.Collections.Concurrent;
using System.Globalization;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.TestKit.Servers;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>PostgreSQL itself is killed, and started again on what it left on the disk.</summary>
public sealed class CrashTests
{
    private const int Kills = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task B1_S3_C1_C4_with_the_server_killed_in_the_midst_every_acknowledged_report_is_delivered_once()
    {
        await using var server = await PostgresServer.StartOwnAsync();
        await using var source = PostgresConnections.Create(server.ConnectionString, new PostgresOptions());
        await PostgresMigrations.ApplyAsync(source, Cancel);
        var options = new PostgresOptions { RetryFor = TimeSpan.FromSeconds(30) };
        var store = new PostgresStore(source, options, TimeProvider.System);
        var limits = new ExportLimits(NullLogger<ExportLimits>.Instance);
        var run = new CrashRun(store, limits);
        await run.Exports.CreateAsync(CrashRun.Export, Cancel);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var ingesting = Enumerable.Range(0, 3).Select(client => Task.Run(() => run.IngestAsync(client, stop.Token), Cancel)).ToList();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var routing = Enumerable.Range(0, 2).Select(_ => Task.Run(() => run.RouteAsync(over.Token), Cancel)).ToList();
        var delivering = Enumerable.Range(0, 2).Select(_ => Task.Run(() => run.DeliverAsync(over.Token), Cancel)).ToList();
        for (var kill = 1; kill <= Kills; kill++)
        {
            await run.ReachAsync(kill * 40, Cancel);
            await server.KillAsync();
            await server.StartProcessAsync();
        }

        await run.ReachAsync((Kills + 1) * 40, Cancel);
        await stop.CancelAsync();
        await Task.WhenAll(ingesting);
        await run.DrainAsync(Cancel);
        await over.CancelAsync();
        await Task.WhenAll([.. routing, .. delivering]);

        run.Acknowledged.ShouldBeSubsetOf(run.Delivered);
        run.Delivered.ShouldBeUnique();
        run.Delivered.ShouldBeSubsetOf(run.Submitted);
        var book = (await run.Queries.ReadBooksAsync(Cancel)).ShouldHaveSingleItem();
        (book.Balance, book.Delivered, book.Waiting + book.InFlight + book.Dead).ShouldBe((true, run.Delivered.Count, 0));
    }

    [Fact]
    public async Task T5_health_fails_while_the_server_is_down_and_recovers_and_B9_fsync_off_is_refused()
    {
        await using var server = await PostgresServer.StartOwnAsync("fsync=off");
        var options = new PostgresOptions { ConnectTimeout = TimeSpan.FromSeconds(2), StartTimeout = TimeSpan.FromSeconds(1) };
        await using var source = PostgresConnections.Create(server.ConnectionString, options);
        await PostgresMigrations.ApplyAsync(source, Cancel);
        var health = new PostgresSchemaHealthCheck(source);
        (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status.ShouldBe(HealthStatus.Healthy);
        var start = new PostgresStart(new(source, options, TimeProvider.System));
        (await Should.ThrowAsync<StoreStartException>(() => start.StartAsync(Cancel))).Message.ShouldBe(
            "PostgreSQL runs with fsync=off: it would lose reports that were acknowledged. Turn it on, for the server, the database and the role.");

        await server.StopAsync();
        var down = await health.CheckHealthAsync(new HealthCheckContext(), Cancel);
        (down.Status, down.Description).ShouldBe((HealthStatus.Unhealthy, "The database can't be reached. Check that it runs, and the connection string."));
        (await Should.ThrowAsync<StoreStartException>(() => start.StartAsync(Cancel))).Message.ShouldStartWith("The database can't be reached: ");
        await server.StartProcessAsync();
        (await health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status.ShouldBe(HealthStatus.Healthy);
    }

    /// <summary>The services' loops in small, and what they saw.</summary>
    private sealed class CrashRun(PostgresStore store, ExportLimits limits)
    {
        public static readonly ExportDefinition Export = new(
            Guid.NewGuid(), "one", ExportKind.Dummy, true, new ExportSettings { BatchReports = 3, MaxDelay = TimeSpan.FromSeconds(1) },
            ConditionalPut.Unknown, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0);

        private readonly PostgresBlockStore blocks = new(store, limits);
        private readonly PostgresRoutingStore router = new(store, limits);
        private readonly PostgresBatchStore batches = new(store);

        public PostgresExportStore Exports { get; } = new(store);

        public PostgresQueries Queries { get; } = new(store, limits);

        public ConcurrentBag<string> Submitted { get; } = [];

        public ConcurrentBag<string> Acknowledged { get; } = [];

        public ConcurrentBag<string> Delivered { get; } = [];

        public async Task IngestAsync(int client, CancellationToken stop)
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{client}-{i:d7}");
                Submitted.Add(id);
                byte[] packed = [(byte)id.Length, .. System.Text.Encoding.UTF8.GetBytes(id)];
                try
                {
                    await blocks.CommitAsync([new(null, [new(ReportSource.Gnss, packed, [new(packed.Length, 1_795_000_000_000)])])], CancellationToken.None);
                    Acknowledged.Add(id);
                }
                catch (Exception e) when (e is StoreRefusedException or CommitUnknownException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                }
            }
        }

        public Task RouteAsync(CancellationToken over) => LoopAsync(
            async () =>
            {
                var snapshot = await Exports.LoadAsync(over);
                await router.RouteAsync(snapshot, 100, over);
                await router.SealRipeAsync(snapshot, 100, over);
                await router.ReleaseAsync(100, over);
            },
            over);

        public Task DeliverAsync(CancellationToken over) => LoopAsync(
            async () =>
            {
                // A claim whose answer was lost with the server is due again after its lease.
                if (await batches.ClaimAsync(Export.Id, 8, TimeSpan.FromSeconds(2), TimeSpan.Zero, over) is not { } claim)
                    return;

                if (await ReadAsync(claim, over) is { } ids
                    && await batches.RecordAsync(claim, new Outcome.Delivered(), new(TimeSpan.Zero, TimeSpan.Zero, new(3, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), 1)), CancellationToken.None) is not null)
                    ids.ForEach(Delivered.Add);
            },
            over);

        /// <summary>Null: the server was down for longer than the lease, and another has delivered the batch since.</summary>
        private async Task<List<string>?> ReadAsync(Claim claim, CancellationToken over)
        {
            try
            {
                var ids = new List<string>();
                await foreach (var packed in new BatchReader(batches, claim.Batch).ReadBlocksAsync(over))
                    ids.AddRange(PackedReader.Split(packed).Select(report => System.Text.Encoding.UTF8.GetString(report.Span)));
                return ids;
            }
            catch (InvalidDataException)
            {
                (await batches.RenewAsync(claim, TimeSpan.FromSeconds(2), over)).ShouldBeFalse();
                return null;
            }
        }

        public async Task ReachAsync(int acknowledged, CancellationToken cancel)
        {
            while (Acknowledged.Count < acknowledged)
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancel);
        }

        public async Task DrainAsync(CancellationToken cancel)
        {
            while ((await Queries.ReadStoreAsync(cancel)).UnroutedBlocks > 0 || (await Queries.ReadBooksAsync(cancel)).Any(book => book.Waiting + book.InFlight > 0))
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
        }

        private static async Task LoopAsync(Func<Task> work, CancellationToken over)
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    await work();
                    await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, over);
                }
                catch (Exception e) when (PostgresFaults.IsPassing(e) || e is OperationCanceledException)
                {
                    // The sweep tries again.
                }
            }
        }
    }
}
