namespace Exporter.Delivery.Blocks;

/// <summary>A block's payload begins with a byte that says how the rest is packed (rule B2, ADR 0003).</summary>
public static class BlockCodec
{
    /// <summary>Length-delimited protobuf reports, as they are.</summary>
    public const byte Plain = 0;

    /// <summary>The packed reports of a payload.</summary>
    /// <exception cref="InvalidDataException">The payload is empty or its codec is not known to this version.</exception>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            throw new InvalidDataException("A block's payload is empty. The database is damaged: restore it from a backup.");

        return payload.Span[0] == Plain
            ? payload[1..]
            : throw new InvalidDataException(
                $"A block has codec {payload.Span[0]}, which this version does not know. Use the version that wrote the database, or a newer one.");
    }
}
