using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Exporter.Geosubmit.Writing;

/// <summary>JSON into the spans of a buffer writer. A name is given with all that stands before its value: <c>,"age":</c>.</summary>
internal ref struct JsonOutput(IBufferWriter<byte> output)
{
    private const int Ask = 4096;
    private const int LongestNumber = 32;
    private const int LongestUtf8 = 3;
    private const int LongestEscape = 6;
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private Span<byte> span = [];
    private int used;

    public void Flush()
    {
        output.Advance(used);
        span = [];
        used = 0;
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(span[used..]);
        used += bytes.Length;
    }

    /// <summary>Puts a name with its comma, but without the comma where it comes first in its object.</summary>
    public void Name(ReadOnlySpan<byte> name, ref bool first)
    {
        Raw(first ? name[1..] : name);
        first = false;
    }

    public void Integer(ReadOnlySpan<byte> name, long value, ref bool first)
    {
        Name(name, ref first);
        Integer(value);
    }

    /// <summary>Leaves out what is not finite: JSON has no form for it.</summary>
    public void Number(ReadOnlySpan<byte> name, double value, ref bool first)
    {
        if (!double.IsFinite(value))
            return;
        Name(name, ref first);
        Number(value);
    }

    public void Text(ReadOnlySpan<byte> name, string value, ref bool first)
    {
        Name(name, ref first);
        Text(value);
    }

    public void Word(ReadOnlySpan<byte> name, ReadOnlySpan<byte> word, ref bool first)
    {
        Name(name, ref first);
        Raw(word);
    }

    public void Integer(long value)
    {
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(value, span[used..], out var written);
        used += written;
    }

    private void Number(double value)
    {
        Reserve(LongestNumber);
        used += ShortestNumber.Format(value, span[used..]);
    }

    private void Text(string text)
    {
        var plain = text.AsSpan().IndexOfAny(Escaped) < 0;
        Reserve(text.Length * (plain ? LongestUtf8 : LongestEscape) + 2);
        span[used++] = (byte)'"';
        if (plain)
            used += Encoding.UTF8.GetBytes(text, span[used..]);
        else
            Escape(text);
        span[used++] = (byte)'"';
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            used += Encoding.UTF8.GetBytes(text[..at], span[used..]);
            used += JsonEscape.Write((byte)text[at], span[used..]);
            text = text[(at + 1)..];
        }

        used += Encoding.UTF8.GetBytes(text, span[used..]);
    }

    private void Reserve(int bytes)
    {
        if (span.Length - used >= bytes)
            return;
        output.Advance(used);
        span = output.GetSpan(Math.Max(bytes, Ask));
        used = 0;
    }
}
