using System.IO.Compression;
using Exporter.Oracle.Fuzz.Drafts;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Messages that are packed, or say so.</summary>
internal static class PackedMutations
{
    private const int Internal = 13;
    private const int Exhausted = 8;
    private const int HeaderBytes = 10;
    private const int BombBytes = 256 * 1024 * 1024;
    private static readonly Lazy<byte[]> Bomb = new(() => Pack(BombBytes, CompressionLevel.SmallestSize));

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new(Layer.Messages, "gzip", 3, (draft, random) => Replace(draft, random, Pack)),
        new(Layer.Messages, "gzip-in-two-members", 2, (draft, random) =>
        {
            Replace(draft, random, payload => [.. Pack(payload[..(payload.Length / 2)]), .. Pack(payload[(payload.Length / 2)..])]);
            draft.Expect.May(Internal);
        }),
        new(Layer.Messages, "gzip-of-nothing", 2, (draft, random) =>
        {
            Replace(draft, random, _ => []);
            draft.IsIntact = false;
            draft.Expect.May(Internal);
        }),
        Broken("gzip-cut", 4, (packed, random) => packed[..random.Next(1, packed.Length)]),
        new(Layer.Messages, "gzip-flipped", 4, (draft, random) =>
        {
            // Some bits between the data and the checksum mean nothing: who takes it must have taken the right message.
            Replace(draft, random, payload => Flip(Pack(payload), random));
            draft.Expect.May(Internal);
        }),
        Broken("gzip-with-more", 3, (packed, random) => [.. packed, .. MessageMutations.Noise(random, random.Next(1, 30))]),
        Broken("gzip-that-is-none", 3, (packed, random) => MessageMutations.Noise(random, packed.Length)),
        new(Layer.Messages, "gzip-bomb", 1, (draft, random) =>
        {
            Replace(draft, random, _ => Bomb.Value);
            draft.Expect.Refuse(Exhausted);
        }),
        new(Layer.Messages, "gzip-bomb-that-lies", 1, (draft, random) =>
        {
            Replace(draft, random, payload => [.. Bomb.Value[..^4], (byte)random.Next(256), (byte)random.Next(256), 0, 0]);
            draft.Expect.Refuse(Exhausted, Internal);
        }),
        new(Layer.Messages, "gzip-large", 1, (draft, random) =>
        {
            Replace(draft, random, _ => Pack(draft.Method.MostMessageBytes - 1, CompressionLevel.Optimal));
            draft.Expect.Refuse(draft.Method.MalformedStatus);
        }),
        new(Layer.Messages, "packed-as-identity", 2, (draft, random) =>
        {
            Replace(draft, random, Pack);
            draft.Fields[^1] = new("grpc-encoding", "identity");
            draft.Expect.Refuse(Internal);
        }),
        new(Layer.Messages, "packed-but-said-plain", 2, (draft, random) =>
        {
            MessageMutations.Replace(draft, random, payload => Draft.Framed(Pack(payload)));
            draft.Fields.Add(new("grpc-encoding", "gzip"));
            draft.Expect.Refuse(draft.Method.MalformedStatus);
        }),
    ];

    private static Mutation Broken(string name, int weight, Func<byte[], Random, byte[]> spoil) =>
        new(Layer.Messages, name, weight, (draft, random) =>
        {
            Replace(draft, random, payload => spoil(Pack(payload), random));
            draft.IsIntact = false;
            draft.Expect.Refuse(Internal);
        });

    private static byte[] Flip(byte[] packed, Random random)
    {
        packed[random.Next(HeaderBytes, packed.Length)] ^= (byte)(1 << random.Next(8));
        return packed;
    }

    /// <summary>Unlike the plain one, leaves the meaning as it is.</summary>
    private static void Replace(Draft draft, Random random, Func<byte[], byte[]> pack)
    {
        MessageMutations.Replace(draft, random, payload => Draft.Framed(pack(payload), flag: 1));
        draft.IsIntact = true;
        draft.Fields.Add(new("grpc-encoding", "gzip"));
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Pack(int zeros, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level))
        {
            var some = new byte[64 * 1024];
            for (var left = zeros; left > 0; left -= some.Length)
                gzip.Write(some.AsSpan(0, Math.Min(some.Length, left)));
        }

        return packed.ToArray();
    }
}
