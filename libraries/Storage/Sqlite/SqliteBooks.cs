namespace Exporter.Storage.Sqlite;

/// <summary>The books move in the transaction of what they count (rule C8).</summary>
internal static class SqliteBooks
{
    public static void Move(SqliteSession session, Guid exportId, string from, string to, long reports) =>
        session.Execute($"update book set {from} = {from} - $2, {to} = {to} + $2 where export_id = $1", exportId, reports);
}
