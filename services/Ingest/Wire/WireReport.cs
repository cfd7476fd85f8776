using Exporter.Ingest.Policy;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;

namespace Exporter.Ingest.Wire;

/// <summary>
/// Judges a report where it lies, without making objects. It knows only the plain case: a report that every rule takes
/// unchanged. All else, however slight, is left to the parser and <see cref="ReportPolicy"/>, which decide.
/// </summary>
internal ref struct WireReport(TimeRule time, long nowMilliseconds)
{
    private int networks;

    public long ObservedAtMilliseconds { get; private set; }

    public PositionSource Source { get; private set; }

    public bool IsPlain(ReadOnlySpan<byte> report)
    {
        var wire = new WireReader(report);
        var hasPosition = false;
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return false;

            var plain = tag switch
            {
                1 << 3 | WireReader.Bytes => ObservedAtMilliseconds == 0 && wire.TryReadBytes(out var moment) && ReadTime(moment),
                2 << 3 | WireReader.Bytes => !hasPosition && wire.TryReadBytes(out var place) && (hasPosition = ReadPosition(place)),
                3 << 3 | WireReader.Bytes => wire.TryReadBytes(out var beacon) && WireNetwork.IsPlainBeacon(beacon) && networks++ >= 0,
                4 << 3 | WireReader.Bytes => wire.TryReadBytes(out var cell) && WireNetwork.IsPlainCell(cell) && networks++ >= 0,
                5 << 3 | WireReader.Bytes => wire.TryReadBytes(out var wifi) && WireNetwork.IsPlainWifi(wifi) && networks++ >= 0,
                6 << 3 | WireReader.Bytes => wire.TryReadBytes(out var carrier) && WireText.IsPlain(carrier),
                7 << 3 or 8 << 3 => wire.TryReadVarint(out _),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return ObservedAtMilliseconds != 0 && networks is > 0 and <= ReportPolicy.MaxNetworks;
    }

    private bool ReadTime(ReadOnlySpan<byte> timestamp)
    {
        var wire = new WireReader(timestamp);
        ulong seconds = 0, nanoseconds = 0;
        while (!wire.IsAtEnd)
        {
            var plain = wire.TryReadTag(out var tag) && tag switch
            {
                1 << 3 => wire.TryReadVarint(out seconds),
                2 << 3 => wire.TryReadVarint(out nanoseconds),
                _ => false,
            };
            if (!plain)
                return false;
        }

        if (nanoseconds > int.MaxValue || TimeRule.Milliseconds((long)seconds, (int)nanoseconds) is not { } observedAt)
            return false;
        ObservedAtMilliseconds = observedAt;
        return time.Drop(observedAt, nowMilliseconds) == DropReason.Unspecified;
    }

    private bool ReadPosition(ReadOnlySpan<byte> position)
    {
        var wire = new WireReader(position);
        while (!wire.IsAtEnd)
        {
            if (!wire.TryReadTag(out var tag))
                return false;

            var plain = tag switch
            {
                1 << 3 | WireReader.Fixed64 => wire.TryReadDouble(out var latitude) && PositionRule.IsWithin(latitude, PositionRule.MaxLatitude),
                2 << 3 | WireReader.Fixed64 => wire.TryReadDouble(out var longitude) && PositionRule.IsWithin(longitude, PositionRule.MaxLongitude),
                >= 3 << 3 and <= (8 << 3 | WireReader.Fixed64) when (tag & 7) == WireReader.Fixed64 => wire.TryReadDouble(out _),
                9 << 3 => wire.TryReadVarint(out _),
                10 << 3 => wire.TryReadVarint(out var source) && SetSource(source),
                _ => false,
            };
            if (!plain)
                return false;
        }

        return true;
    }

    private bool SetSource(ulong source)
    {
        Source = (PositionSource)source;
        return source <= (ulong)PositionSource.Query;
    }
}
