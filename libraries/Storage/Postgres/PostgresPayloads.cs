using System.Buffers;
using System.Data;
using System.Runtime.InteropServices;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Reads payloads, one short statement each, straight from their shelf, so that the others can be truncated meanwhile (rule B7).</summary>
internal static class PostgresPayloads
{
    /// <summary>A payload may be moved to another shelf between the two statements, hardly ever twice.</summary>
    private const int Looks = 3;

    /// <returns>False when the block is gone.</returns>
    public static async Task<bool> ReadAsync(NpgsqlDataSource source, Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        for (var look = 0; look < Looks; look++)
        {
            await using var find = new NpgsqlCommand("select shelf from exporter.block where id = $1", connection) { Parameters = { PostgresValue.Of(blockId) } };
            if (await find.ExecuteScalarAsync(cancel) is short shelf && await ReadAsync(connection, shelf, blockId, into, cancel))
                return true;
        }

        return false;
    }

    private static async Task<bool> ReadAsync(NpgsqlConnection connection, short shelf, Guid blockId, ArrayBufferWriter<byte> into, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select length(bytes), bytes from exporter.block_payload_{shelf} where id = $1 and shelf = $2", connection)
        {
            Parameters = { PostgresValue.Of(blockId), PostgresValue.Of(shelf) },
        };
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancel);
        if (!await row.ReadAsync(cancel))
            return false;

        var length = row.GetInt32(0);
        MemoryMarshal.TryGetArray<byte>(into.GetMemory(length), out var room);
        await using var bytes = await row.GetStreamAsync(1, cancel);
        await bytes.ReadExactlyAsync(room.Array!, room.Offset, length, cancel);
        into.Advance(length);
        return true;
    }
}
