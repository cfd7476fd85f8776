using System.Text.Json;
using Exporter.Geosubmit.Coercion;
using Exporter.Reports.V1;

namespace Exporter.Geosubmit.Reading;

/// <remarks>Each answers whether a value is there; one of a wrong type is refused, by those named Any only left out.</remarks>
internal ref partial struct BodyReader
{
    private bool Integer(out long value)
    {
        if (IntegerCoercion.TryRead(ref json, out value, out var problem))
            return true;
        if (problem is not null)
            Refuse(problem);
        return false;
    }

    private bool Number(out double value)
    {
        if (NumberCoercion.TryRead(ref json, out value, out var problem))
            return true;
        if (problem is not null)
            Refuse(problem);
        return false;
    }

    private bool Text(out string value) => TextOrEmpty(out value) && value.Length > 0;

    private bool TextOrEmpty(out string value)
    {
        if (TextCoercion.TryRead(ref json, out value, out var problem))
            return true;
        if (problem is not null)
            Refuse(problem);
        return false;
    }

    private bool AnyInteger(out long value) => IntegerCoercion.TryRead(ref json, out value, out _);

    private bool AnyNumber(out double value) => NumberCoercion.TryRead(ref json, out value, out _);

    private bool AnyText(out string value) => TextCoercion.TryRead(ref json, out value, out _) && value.Length > 0;

    private PositionSource ReadSource()
    {
        Span<byte> word = stackalloc byte[WordCoercion.Longest];
        if (WordCoercion.TryRead(ref json, word, out var length, out var problem))
            return Words.Source(word[..length]);
        if (problem is not null)
            Refuse(problem);
        return PositionSource.Unspecified;
    }

    private CellRadioType ReadCellRadio()
    {
        Span<byte> word = stackalloc byte[WordCoercion.Longest];
        if (WordCoercion.TryRead(ref json, word, out var length, out var problem))
            return Words.CellRadio(word[..length]);
        if (problem is not null)
            Refuse(problem);
        return CellRadioType.Unspecified;
    }
}
