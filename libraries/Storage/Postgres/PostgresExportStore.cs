using System.Text.Json;
using Exporter.Delivery.Exports;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>The export configurations; every change raises their revision, and waits until no router uses the old one (rule S1).</summary>
public sealed class PostgresExportStore(PostgresStore store) : IExportStore
{
    private const string Revision = "select value from exporter.revision where name = 'exports'";

    private const string Raise = "update exporter.revision set value = value + 1 where name = 'exports' returning value";

    private const string All =
        """
        select id, name, kind, is_enabled, settings::text, conditional_put, created_at, updated_at, revision, is_paused,
          (select value from exporter.revision where name = 'exports')
        from exporter.export
        union all
        select null, null, null, null, null, null, null, null, null, null, value from exporter.revision where name = 'exports'
        """;

    private const string Insert =
        """
        insert into exporter.export (id, name, kind, is_enabled, settings, conditional_put, created_at, updated_at, revision, is_paused)
        values ($1, $2, $3, $4, $5, $6, exporter.clock(), exporter.clock(), $7, $8)
        """;

    private const string Change =
        """
        update exporter.export set name = $2, is_enabled = $3, settings = $4, conditional_put = $5, updated_at = exporter.clock(), revision = $6,
          is_paused = $7
        where id = $1
        """;

    /// <inheritdoc />
    public Task<ExportSnapshot> LoadAsync(CancellationToken cancel) => store.RunAsync(
        async session =>
        {
            var rows = await session.QueryAsync(All, row => (Export: row.IsDBNull(0) ? null : Read(row), Revision: row.GetInt64(10)), cancel);
            return new ExportSnapshot(rows[0].Revision, rows.Select(row => row.Export).OfType<ExportDefinition>());
        },
        cancel);

    /// <inheritdoc />
    public Task<long> ReadRevisionAsync(CancellationToken cancel) => store.RunAsync(session => session.ScalarAsync<long>(Revision, cancel), cancel);

    /// <inheritdoc />
    public Task<SaveResult> CreateAsync(ExportDefinition export, CancellationToken cancel) => SaveAsync(
        export,
        async (session, revision) =>
        {
            await session.ExecuteAsync(
                Insert, cancel, export.Id, export.Name, export.Kind, export.IsEnabled, Settings(export), export.ConditionalPut, revision, export.IsPaused);
            await session.ExecuteAsync("insert into exporter.book (export_id) values ($1) on conflict do nothing", cancel, export.Id);
            return SaveResult.Saved;
        },
        cancel);

    /// <inheritdoc />
    public Task<SaveResult> UpdateAsync(ExportDefinition export, CancellationToken cancel) => SaveAsync(
        export,
        async (session, revision) =>
        {
            await PostgresCircuits.LiftPauseAsync(session, export.Id, cancel);
            var changed = await session.ExecuteAsync(
                Change, cancel, export.Id, export.Name, export.IsEnabled, Settings(export), export.ConditionalPut, revision, export.IsPaused);
            return changed == 1 ? SaveResult.Saved : SaveResult.NotFound;
        },
        cancel);

    /// <inheritdoc />
    public Task RecordCheckAsync(Guid id, ConditionalPut found, CancellationToken cancel) => ChangeAsync(
        (session, revision) => session.ExecuteAsync("update exporter.export set conditional_put = $2, revision = $3 where id = $1", cancel, id, found, revision),
        cancel);

    /// <inheritdoc />
    public Task<long?> DeleteAsync(Guid id, long discardCount, CancellationToken cancel) => store.TransactAsync(
        async session =>
        {
            await session.HoldExportsAsync(cancel);
            var held = await PostgresExportRemoval.DeleteAsync(session, id, discardCount, cancel);
            if (held == discardCount)
                await session.ScalarAsync<long>(Raise, cancel);
            return held;
        },
        cancel);

    /// <inheritdoc />
    public Task<long> CountUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel) =>
        store.RunAsync(session => PostgresUnsealed.CountAsync(session, id, skipKeys, skipSources, cancel), cancel);

    /// <inheritdoc />
    public Task<long> DiscardUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel) =>
        store.TransactAsync(session => PostgresUnsealed.DiscardAsync(session, id, skipKeys, skipSources, cancel), cancel);

    /// <inheritdoc />
    public async Task<(long Moved, long Kept)> MoveWaitingAsync(Guid id, CancellationToken cancel)
    {
        var snapshot = await LoadAsync(cancel);
        return snapshot.ById.TryGetValue(id, out var export) ? await PostgresMoveWaiting.RunAsync(store, export, cancel) : (0, 0);
    }

    private async Task<SaveResult> SaveAsync(ExportDefinition export, Func<PostgresSession, long, Task<SaveResult>> save, CancellationToken cancel)
    {
        try
        {
            return await ChangeAsync(save, cancel);
        }
        catch (PostgresException e) when (PostgresFaults.IsDuplicate(e, "export_name_is_unique"))
        {
            return SaveResult.NameTaken;
        }
        catch (PostgresException e) when (PostgresFaults.IsDuplicate(e, "export_one_internal"))
        {
            return await NameIsTakenAsync(export, cancel) ? SaveResult.NameTaken : SaveResult.SecondInternal;
        }
    }

    private Task<T> ChangeAsync<T>(Func<PostgresSession, long, Task<T>> change, CancellationToken cancel) => store.TransactAsync(
        async session =>
        {
            await session.HoldExportsAsync(cancel);
            return await change(session, await session.ScalarAsync<long>(Raise, cancel));
        },
        cancel);

    private Task<bool> NameIsTakenAsync(ExportDefinition export, CancellationToken cancel) => store.RunAsync(
        session => session.ScalarAsync<bool>("select exists (select 1 from exporter.export where name = $1 and id <> $2)", cancel, export.Name, export.Id), cancel);

    private static NpgsqlParameter Settings(ExportDefinition export) =>
        PostgresValue.Json(JsonSerializer.Serialize(export.Settings, StoredSettings.Default.ExportSettings));

    private static ExportDefinition Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        (ExportKind)row.GetInt16(2),
        row.GetBoolean(3),
        JsonSerializer.Deserialize(row.GetString(4), StoredSettings.Default.ExportSettings)!,
        (ConditionalPut)row.GetInt16(5),
        row.Time(6),
        row.Time(7),
        row.GetInt64(8))
    {
        IsPaused = row.GetBoolean(9),
    };
}
