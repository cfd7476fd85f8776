using System.Text;
using Exporter.Oracle.Fuzz.Drafts;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Bytes that are changed wherever they stand, and bytes that were never HTTP/2.</summary>
internal static class ByteMutations
{
    private static readonly byte[] ClientHello = [0x16, 0x03, 0x01, 0x00, 0x2F, 0x01, 0x00, 0x00, 0x2B, 0x03, 0x03];

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Of("bits-flipped", 10, Flip),
        Of("bytes-changed", 6, (bytes, random) =>
        {
            for (var changes = random.Next(1, 6); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            return bytes;
        }),
        Of("bytes-left-out", 5, (bytes, random) => Range(bytes, random) is var (at, end) ? [.. bytes[..at], .. bytes[end..]] : bytes),
        Of("bytes-twice", 5, (bytes, random) => Range(bytes, random) is var (at, end) ? [.. bytes[..end], .. bytes[at..]] : bytes),
        Of("bytes-added", 5, (bytes, random) =>
        {
            var at = random.Next(bytes.Length);
            return [.. bytes[..at], .. MessageMutations.Noise(random, random.Next(1, 30)), .. bytes[at..]];
        }),
        Of("bytes-cut", 4, (bytes, random) => bytes[..random.Next(1, bytes.Length)]),
        Alien("noise", (_, random) => MessageMutations.Noise(random, random.Next(1, 2_000))),
        Alien("http-1", (_, random) => Encoding.ASCII.GetBytes(random.Next(2) == 0 ? "GET / HTTP/1.1\r\nHost: x\r\n\r\n" : "POST /x HTTP/1.1\r\n")),
        Alien("tls", (_, random) => [.. ClientHello, .. MessageMutations.Noise(random, 60)]),
        Alien("preface-cut", (bytes, random) => bytes[..random.Next(1, 24)]),
        Alien("preface-twice", (bytes, _) => [.. bytes[..24], .. bytes]),
    ];

    private static Mutation Of(string name, int weight, Func<byte[], Random, byte[]> respell) =>
        new(Layer.Frames, name, weight, (draft, random) => Respell(draft, random, respell, random.Next(3) == 0));

    private static Mutation Alien(string name, Func<byte[], Random, byte[]> respell) =>
        new(Layer.Frames, name, 1, (draft, random) => Respell(draft, random, respell, withPreface: true));

    private static void Respell(Draft draft, Random random, Func<byte[], Random, byte[]> respell, bool withPreface)
    {
        draft.BringsPreface = withPreface;
        draft.Respell = bytes => respell(bytes, random);
        draft.IsIntact = false;
        draft.Expect.Anything();
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        for (var flips = random.Next(1, 4); flips > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static (int At, int End) Range(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        return (at, Math.Min(bytes.Length, at + random.Next(1, 60)));
    }
}
