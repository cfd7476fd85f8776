namespace Exporter.Geosubmit.Bodies;

/// <summary>Cuts length-delimited reports apart.</summary>
public static class PackedReport
{
    private const int MaxLengthBytes = 5;

    /// <summary>Takes the first report off.</summary>
    /// <exception cref="InvalidDataException">The bytes end within a report.</exception>
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> packed)
    {
        var length = 0;
        for (var i = 0; i < packed.Length && i < MaxLengthBytes; i++)
        {
            length |= (packed[i] & 0x7f) << (7 * i);
            if (packed[i] >= 0x80)
                continue;
            if (length < 0 || length > packed.Length - i - 1)
                break;

            var report = packed.Slice(i + 1, length);
            packed = packed[(i + 1 + length)..];
            return report;
        }

        throw new InvalidDataException("A block ends within a report. The database is damaged: restore it from a backup.");
    }
}
