using System.Buffers;
using System.Text;
using System.Text.Json;
using Exporter.Geosubmit.Reading;

namespace Exporter.Geosubmit.Coercion;

/// <summary>Reads a word of a small vocabulary, in lower case and without making a string of it.</summary>
internal static class WordCoercion
{
    /// <summary>Bytes that a word may have; one whose escaped form is longer is in no vocabulary.</summary>
    public const int Longest = 64;

    public static bool TryRead(ref Utf8JsonReader json, scoped Span<byte> word, out int length, out string? problem)
    {
        length = 0;
        problem = null;
        if (json.TokenType == JsonTokenType.Null)
            return false;
        if (json.TokenType != JsonTokenType.String)
        {
            problem = Sentences.NoText(json.TokenType);
            json.Skip();
            return false;
        }

        if (json.ValueIsEscaped && Surrogates.AreLone(json.ValueSpan))
        {
            problem = Sentences.LoneSurrogate;
            return false;
        }

        if (json.ValueSpan.Length > Longest)
            return false;
        length = json.CopyString(word);
        return Ascii.ToLowerInPlace(word[..length], out _) == OperationStatus.Done;
    }
}
