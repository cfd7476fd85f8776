using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Column values as the domain knows them.</summary>
internal static class PostgresRow
{
    extension(NpgsqlDataReader row)
    {
        public DateTimeOffset Time(int column) => row.GetFieldValue<DateTimeOffset>(column);

        public DateTimeOffset? TimeOrNull(int column) => row.IsDBNull(column) ? null : row.Time(column);

        public byte[] Bytes(int column) => row.GetFieldValue<byte[]>(column);

        public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

        public long? LongOrNull(int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

        /// <summary>Reads the rows of the present result, then goes to the next.</summary>
        public async Task<List<T>> TakeAsync<T>(Func<NpgsqlDataReader, T> read, CancellationToken cancel)
        {
            var rows = new List<T>();
            while (await row.ReadAsync(cancel))
                rows.Add(read(row));
            await row.NextResultAsync(cancel);
            return rows;
        }
    }
}
