using System.Buffers;

namespace Exporter.Geosubmit.Coercion;

/// <summary>NaN, Infinity and -Infinity, which Python reads and writes although they are not JSON.</summary>
internal static class NonFiniteLiterals
{
    private static readonly SearchValues<byte> Interesting = SearchValues.Create("\"NI"u8);

    /// <summary>Copies a body with each of them written as <c>1e999</c>, which is as little finite and is JSON.</summary>
    /// <returns>Whether there was any.</returns>
    public static bool TryRewrite(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> rewritten)
    {
        var output = new ArrayBufferWriter<byte>(body.Length + 64);
        var (copied, at) = (0, 0);
        while (at < body.Length && body[at..].IndexOfAny(Interesting) is var next and >= 0)
        {
            at += next;
            if (body[at] == '"')
            {
                at = AfterString(body, at);
                continue;
            }

            var length = LiteralAt(body, at);
            if (length > 0)
            {
                output.Write(body[copied..at]);
                output.Write("1e999"u8);
                copied = at + length;
            }

            at += Math.Max(length, 1);
        }

        output.Write(body[copied..]);
        rewritten = output.WrittenSpan;
        return copied > 0;
    }

    private static int LiteralAt(ReadOnlySpan<byte> body, int at)
    {
        var infinite = body[at..].StartsWith("Infinity"u8);
        if (!infinite && !body[at..].StartsWith("NaN"u8))
            return 0;

        var length = infinite ? "Infinity".Length : "NaN".Length;
        var start = infinite && at > 0 && body[at - 1] == '-' ? at - 1 : at;
        return StandsAlone(body[..start], body[(at + length)..]) ? length : 0;
    }

    private static bool StandsAlone(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        before = before.TrimEnd(" \t\r\n"u8);
        after = after.TrimStart(" \t\r\n"u8);
        return (before.IsEmpty || ":,["u8.Contains(before[^1])) && (after.IsEmpty || ",]}"u8.Contains(after[0]));
    }

    private static int AfterString(ReadOnlySpan<byte> body, int quote)
    {
        var at = quote + 1;
        while (at < body.Length && body[at..].IndexOfAny((byte)'"', (byte)'\\') is var next and >= 0)
        {
            at += next;
            if (body[at] == '"')
                return at + 1;
            at += 2;
        }

        return body.Length;
    }
}
