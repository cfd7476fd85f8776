using Npgsql;
using NpgsqlTypes;

namespace Exporter.Storage.Postgres;

/// <summary>Parameters with their type always said, so that a statement stays one prepared statement when a value is null.</summary>
internal static class PostgresValue
{
    public static NpgsqlParameter Of(object value) => value switch
    {
        NpgsqlParameter parameter => parameter,
        Enum word => new() { Value = Convert.ToInt32(word, null), NpgsqlDbType = NpgsqlDbType.Integer },
        DateTimeOffset time => new() { Value = time.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        ReadOnlyMemory<byte> bytes => new() { Value = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => new() { Value = value },
    };

    public static NpgsqlParameter Text(string? value) => OrNull(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Uuid(Guid? value) => OrNull(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Bigint(long? value) => OrNull(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Integer(int? value) => OrNull(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Json(string value) => OrNull(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset?> values) =>
        new() { Value = values.Select(time => time?.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter OrNull(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
