using System.Text.Json;
using Exporter.Delivery.Exports;
using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>The export configurations; every change raises their revision (rule S1).</summary>
public sealed class SqliteExportStore(SqliteStore store) : IExportStore
{
    private const string Select =
        "select id, name, kind, is_enabled, settings, conditional_put, created_at, updated_at, revision, is_paused from export";

    /// <inheritdoc />
    public Task<ExportSnapshot> LoadAsync(CancellationToken cancel) => store.Readers.ReadAsync(
        session =>
        {
            session.Execute("begin");
            try
            {
                return new ExportSnapshot(Revision(session), session.Query(Select, Read));
            }
            finally
            {
                session.Execute("commit");
            }
        },
        cancel);

    /// <inheritdoc />
    public Task<long> ReadRevisionAsync(CancellationToken cancel) => store.Readers.ReadAsync(Revision, cancel);

    /// <inheritdoc />
    public Task<SaveResult> CreateAsync(ExportDefinition export, CancellationToken cancel) => store.Writer.RunAsync(session =>
    {
        if (Conflict(session, export) is { } conflict)
            return conflict;

        session.Execute(
            """
            insert into export (id, name, kind, is_enabled, settings, conditional_put, created_at, updated_at, revision, is_paused)
            values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
            """,
            export.Id, export.Name, export.Kind, export.IsEnabled, Serialize(export.Settings), export.ConditionalPut, store.Clock.Now, Raise(session), export.IsPaused);
        session.Execute("insert into book (export_id) values ($1)", export.Id);
        return SaveResult.Saved;
    });

    /// <inheritdoc />
    public Task<SaveResult> UpdateAsync(ExportDefinition export, CancellationToken cancel) => store.Writer.RunAsync(session =>
    {
        if (Conflict(session, export) is { } conflict)
            return conflict;

        var isChanged = session.Execute(
            "update export set name = $2, is_enabled = $3, settings = $4, conditional_put = $5, updated_at = $6, revision = $7, is_paused = $8 where id = $1",
            export.Id, export.Name, export.IsEnabled, Serialize(export.Settings), export.ConditionalPut, store.Clock.Now, Raise(session), export.IsPaused) == 1;
        SqliteCircuits.LiftPause(session, export.Id, store.Clock.Now);
        return isChanged ? SaveResult.Saved : SaveResult.NotFound;
    });

    /// <inheritdoc />
    public Task RecordCheckAsync(Guid id, ConditionalPut found, CancellationToken cancel) => store.Writer.RunAsync(session =>
        session.Execute("update export set conditional_put = $2, revision = $3 where id = $1", id, found, Raise(session)));

    /// <inheritdoc />
    public Task<long?> DeleteAsync(Guid id, long discardCount, CancellationToken cancel) =>
        store.Writer.RunAsync(session => SqliteExportRemoval.Delete(session, id, discardCount, store.Clock.Now, () => Raise(session)));

    /// <inheritdoc />
    public Task<long> CountUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel) =>
        store.Readers.ReadAsync(session => SqliteUnsealed.Count(session, id, skipKeys, skipSources), cancel);

    /// <inheritdoc />
    public Task<long> DiscardUnsealedAsync(Guid id, IReadOnlyList<string> skipKeys, IReadOnlyList<string> skipSources, CancellationToken cancel) =>
        store.Writer.RunAsync(session => SqliteUnsealed.Discard(session, id, skipKeys, skipSources));

    /// <inheritdoc />
    public async Task<(long Moved, long Kept)> MoveWaitingAsync(Guid id, CancellationToken cancel)
    {
        var snapshot = await LoadAsync(cancel);
        return snapshot.ById.TryGetValue(id, out var export)
            ? await store.Writer.RunAsync(session => SqliteMoveWaiting.Run(session, export))
            : (0, 0);
    }

    private static long Revision(SqliteSession session) => session.Scalar<long>("select value from revision where name = 'exports'");

    private static long Raise(SqliteSession session)
    {
        session.Execute("update revision set value = value + 1 where name = 'exports'");
        return Revision(session);
    }

    private static SaveResult? Conflict(SqliteSession session, ExportDefinition export)
    {
        if (session.Scalar<long>("select count(*) from export where name = $1 and id <> $2", export.Name, export.Id) > 0)
            return SaveResult.NameTaken;
        return export.Kind == ExportKind.Internal
            && session.Scalar<long>("select count(*) from export where kind = $1 and id <> $2", export.Kind, export.Id) > 0
            ? SaveResult.SecondInternal
            : null;
    }

    private static string Serialize(ExportSettings settings) => JsonSerializer.Serialize(settings, StoredSettings.Default.ExportSettings);

    private static ExportDefinition Read(SqliteDataReader row) => new(
        row.Id(0),
        row.GetString(1),
        (ExportKind)row.GetInt64(2),
        row.GetBoolean(3),
        JsonSerializer.Deserialize(row.GetString(4), StoredSettings.Default.ExportSettings)!,
        (ConditionalPut)row.GetInt64(5),
        row.Time(6),
        row.Time(7),
        row.GetInt64(8))
    {
        IsPaused = row.GetBoolean(9),
    };
}
