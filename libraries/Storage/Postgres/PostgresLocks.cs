namespace Exporter.Storage.Postgres;

/// <summary>
/// Locks that transactions hold to their end. Rows are locked after them, in this order: partitions by (export, key), batches,
/// blocks by id; entries of the books wait for nobody.
/// </summary>
internal static class PostgresLocks
{
    private const string Take = "select pg_advisory_xact_lock($1, $2)";
    private const string TakeShared = "select pg_advisory_xact_lock_shared($1, $2)";

    /// <summary>"EXPO": the first key of all our locks.</summary>
    private const int Space = 0x4558504F;

    private const int Exports = 1;
    private const int Migrations = 2;
    private const int Shelves = 3;

    /// <summary>
    /// What routing holds of the exports, and what changing them waits for (rule S1: <c>for share</c>; the lock has a queue, so
    /// that routers which never pause can't keep a change out, as they can with a row).
    /// </summary>
    public static PostgresPipeline ShareExports(this PostgresPipeline pipeline) => pipeline.Add(TakeShared, Space, Exports);

    public static Task HoldExportsAsync(this PostgresSession session, CancellationToken cancel) => session.ExecuteAsync(Take, cancel, Space, Exports);

    /// <summary>Held by the session until it ends or <see cref="FreeMigrationsAsync"/>: two migrations never run at once.</summary>
    public static Task HoldMigrationsAsync(this PostgresSession session, CancellationToken cancel) =>
        session.ExecuteAsync("select pg_advisory_lock($1, $2)", cancel, Space, Migrations);

    public static Task FreeMigrationsAsync(this PostgresSession session) =>
        session.ExecuteAsync("select pg_advisory_unlock($1, $2)", CancellationToken.None, Space, Migrations);

    public static Task HoldShelvesAsync(this PostgresSession session, CancellationToken cancel) => session.ExecuteAsync(Take, cancel, Space, Shelves);

    /// <summary>Claims of an export wait for each other, so that what is in flight is counted by one at a time (rule C3).</summary>
    public static PostgresPipeline HoldQueue(this PostgresPipeline pipeline, Guid exportId) => pipeline.Add(Take, Space ^ 1, KeyOf(exportId));

    public static Task HoldQueueAsync(this PostgresSession session, Guid exportId, CancellationToken cancel) =>
        session.ExecuteAsync(Take, cancel, Space ^ 1, KeyOf(exportId));

    private static int KeyOf(Guid exportId) => BitConverter.ToInt32(exportId.ToByteArray(), 12);
}
