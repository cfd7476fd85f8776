using Microsoft.Data.Sqlite;

namespace Exporter.Storage.Sqlite;

/// <summary>Column values as the domain knows them.</summary>
internal static class SqliteColumns
{
    extension(SqliteDataReader row)
    {
        public Guid Id(int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

        public byte[] Bytes(int column) => row.GetFieldValue<byte[]>(column);

        public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

        public DateTimeOffset? TimeOrNull(int column) => row.IsDBNull(column) ? null : row.Time(column);

        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public long? LongOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
    }
}
