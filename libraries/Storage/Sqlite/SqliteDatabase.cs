using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Opens, checks and migrates the database file.</summary>
internal static class SqliteDatabase
{
    public const int PageBytes = 16384;
    private const long ApplicationId = 0x45585054; // "EXPT"
    private const long FullCheckBelowBytes = 64L * 1024 * 1024;

    /// <summary>Makes the file if need be and brings it to this version.</summary>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="StoreStartException">It is damaged, another program's, or a newer version's.</exception>
    public static bool Prepare(string path)
    {
        var isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        try
        {
            using var session = Open(path);
            if (!isNew)
                Check(session, path);
            session.Execute($"pragma page_size = {PageBytes}");
            session.Execute("pragma auto_vacuum = incremental");
            session.Execute("pragma journal_mode = wal");
            SqliteMigrations.Apply(session, path);
            session.Execute($"pragma application_id = {ApplicationId}");
            return isNew;
        }
        catch (SqliteException e)
        {
            throw new StoreStartException(
                $"Database '{path}' is damaged or can't be read: {e.Message} Restore it from a backup, or move it away to start with an empty one.", e);
        }
    }

    public static SqliteSession Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        var session = new SqliteSession(connection);
        session.Execute("pragma synchronous = full");
        session.Execute("pragma wal_autocheckpoint = 0");
        session.Execute("pragma temp_store = memory");
        session.Execute("pragma cache_size = -8192");
        return session;
    }

    private static void Check(SqliteSession session, string path)
    {
        var application = session.Scalar<long>("pragma application_id");
        var version = session.Scalar<long>("pragma user_version");
        if (application != ApplicationId)
            throw new StoreStartException($"File '{path}' is a database, but not Exporter's. Choose another data folder with --data.");
        if (version > SqliteMigrations.Newest)
            throw new StoreStartException(
                $"Database '{path}' has version {version}, and this program knows up to {SqliteMigrations.Newest}. Use the Exporter that wrote it, or a newer one.");

        // Payloads carry their own hash; reading gigabytes of them here would only keep the service from starting.
        var pragmas = new FileInfo(path).Length < FullCheckBelowBytes
            ? ["pragma quick_check(1)"]
            : session.Query("select name from sqlite_schema where type = 'table' and name not in ('block_payload', 'sqlite_sequence')", row => $"pragma quick_check({row.GetString(0)})");
        foreach (var pragma in pragmas)
        {
            var answer = session.Scalar<string>(pragma);
            if (answer != "ok")
                throw new StoreStartException(
                    $"Database '{path}' is damaged: {answer} Restore it from a backup, or move it away to start with an empty one.");
        }
    }
}
