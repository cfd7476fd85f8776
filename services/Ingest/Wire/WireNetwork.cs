namespace Exporter.Ingest.Wire;

/// <summary>Whether a network stays in its report as it is.</summary>
internal static class WireNetwork
{
    private static ReadOnlySpan<byte> NoMapSuffix => "_nomap"u8;

    private static ReadOnlySpan<byte> OptOutMark => "_optout"u8;

    public static bool IsPlainBeacon(ReadOnlySpan<byte> beacon)
    {
        var wire = new WireReader(beacon);
        var hasAddress = false;
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return false;

            var plain = tag switch
            {
                1 << 3 | WireReader.Bytes => wire.TryReadBytes(out var mac) && (hasAddress = IsAddress(mac)),
                2 << 3 or 4 << 3 or 5 << 3 => wire.TryReadVarint(out _),
                3 << 3 | WireReader.Bytes or 6 << 3 | WireReader.Bytes or 7 << 3 | WireReader.Bytes or 8 << 3 | WireReader.Bytes =>
                    wire.TryReadBytes(out var text) && WireText.IsPlain(text),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return hasAddress;
    }

    public static bool IsPlainCell(ReadOnlySpan<byte> cell)
    {
        var wire = new WireReader(cell);
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return false;

            var plain = tag switch
            {
                >= 1 << 3 and <= 12 << 3 when (tag & 7) == WireReader.Varint => wire.TryReadVarint(out _),
                13 << 3 | WireReader.Bytes or 14 << 3 | WireReader.Bytes => wire.TryReadBytes(out var text) && WireText.IsPlain(text),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return true;
    }

    public static bool IsPlainWifi(ReadOnlySpan<byte> wifi)
    {
        var wire = new WireReader(wifi);
        var hasAddress = false;
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return false;

            var plain = tag switch
            {
                1 << 3 | WireReader.Bytes => wire.TryReadBytes(out var mac) && (hasAddress = IsAddress(mac)),
                >= 2 << 3 and <= 6 << 3 when (tag & 7) == WireReader.Varint => wire.TryReadVarint(out _),
                7 << 3 | WireReader.Bytes => wire.TryReadBytes(out var radio) && WireText.IsPlain(radio),
                8 << 3 | WireReader.Bytes => wire.TryReadBytes(out var ssid) && WireText.IsPlain(ssid) && MayBeMapped(ssid),
                9 << 3 | WireReader.Bytes => wire.TryReadBytes(out var distance) && IsPlainDistance(distance),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return hasAddress;
    }

    private static bool IsPlainDistance(ReadOnlySpan<byte> distance)
    {
        var wire = new WireReader(distance);
        while (!wire.IsAtEnd)
        {
            var plain = wire.TryReadTag(out var tag) && tag switch
            {
                1 << 3 | WireReader.Fixed64 or 2 << 3 | WireReader.Fixed64 => wire.TryReadDouble(out _),
                3 << 3 | WireReader.Bytes => wire.TryReadBytes(out var type) && WireText.IsPlain(type),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return true;
    }

    private static bool IsAddress(ReadOnlySpan<byte> mac) => mac.Length > 0 && WireText.IsPlain(mac);

    // The same rule as NetworkRule.MayBeMapped, on bytes.
    private static bool MayBeMapped(ReadOnlySpan<byte> ssid) =>
        ssid.Length > 0 && !ssid.EndsWith(NoMapSuffix) && ssid.IndexOf(OptOutMark) < 0;
}
