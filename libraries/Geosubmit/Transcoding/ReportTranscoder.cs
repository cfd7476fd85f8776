using Exporter.Geosubmit.Writing;

namespace Exporter.Geosubmit.Transcoding;

/// <summary>
/// Turns the bytes of a report into JSON, without the report in between. It knows the order in which serializers write:
/// fields by number, each once. It gives up on anything else.
/// </summary>
internal ref partial struct ReportTranscoder(ReadOnlySpan<byte> report, Span<byte> output)
{
    /// <summary>Longer reports would ask the output for more than 64 KiB at once.</summary>
    public const int LongestReport = 4080;

    private const int ObservedAt = 1 << 3 | Wire.Delimited;
    private const int Position = 2 << 3 | Wire.Delimited;
    private const int Beacons = 3 << 3 | Wire.Delimited;
    private const int Cells = 4 << 3 | Wire.Delimited;
    private const int Wifis = 5 << 3 | Wire.Delimited;

    private readonly ReadOnlySpan<byte> input = report;
    private readonly Span<byte> span = output;
    private int at;
    private int used;

    /// <summary>Bytes that the JSON of a report can't exceed: no field grows to more than 16 times itself.</summary>
    public static int Most(int packedBytes) => packedBytes * 16 + 256;

    /// <summary>Writes the report; false where it must be parsed instead, and what was written is void.</summary>
    public bool TryWrite(out int written)
    {
        written = 0;
        long observed = 0;
        Put("{\"timestamp\":"u8);
        if (Follows(ObservedAt, input.Length) && !TryObservedAt(out observed))
            return false;
        Put(observed);
        if (Follows(Position, input.Length) && !TryPosition())
            return false;

        Put(",\"bluetoothBeacons\":["u8);
        if (!TryNetworks(Beacons, MessageForms.Beacon))
            return false;
        Put("],\"cellTowers\":["u8);
        if (!TryNetworks(Cells, MessageForms.Cell))
            return false;
        Put("],\"wifiAccessPoints\":["u8);
        if (!TryNetworks(Wifis, MessageForms.Wifi))
            return false;
        Put("]"u8);
        if (!TryFields(input.Length, MessageForms.Home, first: false))
            return false;
        written = used;
        return true;
    }

    private bool Follows(int tag, int end)
    {
        if (at >= end || input[at] != tag)
            return false;
        at++;
        return true;
    }

    private bool TryObservedAt(out long milliseconds)
    {
        const int Seconds = 1 << 3 | Wire.Varint;
        const int Nanos = 2 << 3 | Wire.Varint;
        milliseconds = 0;
        if (!Wire.TryLength(input, ref at, out var end))
            return false;

        ulong seconds = 0, nanos = 0;
        var inside = input[..end];
        if (Follows(Seconds, end) && !Wire.TryVarint(inside, ref at, out seconds)
            || Follows(Nanos, end) && !Wire.TryVarint(inside, ref at, out nanos))
            return false;
        milliseconds = ReportJson.Milliseconds((long)seconds, (int)nanos);
        return at == end;
    }

    private bool TryPosition()
    {
        Put(",\"position\":{"u8);
        return Wire.TryLength(input, ref at, out var end) && TryFields(end, MessageForms.Position);
    }

    private bool TryNetworks(int tag, FieldForm?[] forms)
    {
        for (var first = true; Follows(tag, input.Length); first = false)
        {
            Put(first ? "{"u8 : ",{"u8);
            if (!Wire.TryLength(input, ref at, out var end) || !TryFields(end, forms))
                return false;
        }

        return true;
    }
}
