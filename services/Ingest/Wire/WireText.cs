using System.Text.Unicode;
using Exporter.Ingest.Policy;

namespace Exporter.Ingest.Wire;

/// <summary>Whether a string passes unchanged; the parser mends one that is no UTF-8.</summary>
internal static class WireText
{
    public static bool IsPlain(ReadOnlySpan<byte> text) => text.Length <= TextRule.MaxBytes && Utf8.IsValid(text);
}
