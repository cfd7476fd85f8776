using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;
using Exporter.Geosubmit.Writing;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Transcoding;

internal ref partial struct ReportTranscoder
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private bool TryFields(int end, FieldForm?[] forms, bool first = true)
    {
        for (var last = 0; at < end;)
        {
            // No message has a field number above 15, so a known tag is one byte.
            int tag = input[at++];
            var number = tag >> 3;
            if (number <= last || number >= forms.Length)
                return false;
            last = number;
            if (forms[number] is not { } form || (tag & 7) != form.Wire || !TryValue(form, end, ref first))
                return false;
        }

        Put("}"u8);
        return true;
    }

    private bool TryValue(FieldForm form, int end, ref bool first) => form.Wire switch
    {
        Wire.Varint => TryWhole(form, end, ref first),
        Wire.Fixed64 => TryNumber(form, end, ref first),
        _ => TryDelimited(form, end, ref first),
    };

    private bool TryWhole(FieldForm form, int end, ref bool first)
    {
        if (!Wire.TryVarint(input[..end], ref at, out var value))
            return false;

        switch (form.Value)
        {
            case ValueForm.Integer:
                Name(form, ref first);
                Put((long)value);
                break;
            case ValueForm.ZigZag:
                Name(form, ref first);
                Put(Wire.ZigZag(value));
                break;
            case ValueForm.Source:
                Word(form, EnumWords.Of((PositionSource)(int)value), ref first);
                break;
            default:
                Word(form, EnumWords.Of((CellRadioType)(int)value), ref first);
                break;
        }

        return true;
    }

    private bool TryNumber(FieldForm form, int end, ref bool first)
    {
        if (!Wire.TryDouble(input[..end], ref at, out var value))
            return false;
        if (!double.IsFinite(value))
            return true;

        Name(form, ref first);
        used += ShortestNumber.Format(value, span[used..]);
        return true;
    }

    private bool TryDelimited(FieldForm form, int end, ref bool first)
    {
        if (!Wire.TryLength(input[..end], ref at, out var valueEnd))
            return false;

        Name(form, ref first);
        if (form.Value == ValueForm.EstimatedDistance)
        {
            Put("{"u8);
            return TryFields(valueEnd, MessageForms.EstimatedDistance);
        }

        var text = input[at..valueEnd];
        at = valueEnd;
        return TryText(text);
    }

    private bool TryText(scoped ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
            return false;

        Put("\""u8);
        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            Put(text[..next]);
            used += JsonEscape.Write(text[next], span[used..]);
            text = text[(next + 1)..];
        }

        Put(text);
        Put("\""u8);
        return true;
    }

    private void Word(FieldForm form, scoped ReadOnlySpan<byte> word, ref bool first)
    {
        if (word.IsEmpty)
            return;
        Name(form, ref first);
        Put(word);
    }

    private void Name(FieldForm form, ref bool first)
    {
        Put(first ? form.Name.AsSpan(1) : form.Name);
        first = false;
    }

    private void Put(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[used..]);
        used += bytes.Length;
    }

    private void Put(long value)
    {
        Utf8Formatter.TryFormat(value, span[used..], out var written);
        used += written;
    }
}
