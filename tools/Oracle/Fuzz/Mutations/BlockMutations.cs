using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Header blocks that HPACK does not know, and odd ones that it does.</summary>
internal static class BlockMutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        Wrong("block-index-zero", _ => [0x80]),
        Wrong("block-index-beyond", random => HeaderWriter.Number(random.Next(70, 5_000), prefixBits: 7, first: 0x80)),
        Wrong("block-name-index-beyond", random => [.. HeaderWriter.Number(random.Next(70, 5_000), prefixBits: 4, first: 0), 1, (byte)'x']),
        Wrong("block-number-endless", _ => [0xFF, .. Enumerable.Repeat((byte)0xFF, 20)]),
        Wrong("block-cut", _ => [0x00, 0x7F, (byte)'x']),
        Wrong("block-text-huge", _ => [0x00, .. HeaderWriter.Number(200_000_000, prefixBits: 7, first: 0)]),
        Wrong("block-table-too-large", _ => [.. HeaderWriter.Number(1 << 20, prefixBits: 5, first: 0x20)]),
        Wrong("block-huffman-bad", _ => [0x00, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1, (byte)'x']),
        Of("block-table-shrunk", (block, _) => [0x20, .. block]),
        Of("block-stored", (block, random) => [.. block, .. Stored(random)]),
        Of("block-of-noise", (_, random) => MessageMutations.Noise(random, random.Next(1, 300)), expect => expect.Anything()),
        FrameMutations.At("block-in-pieces", 4, Break),
        FrameMutations.At("block-interrupted", 3, Interrupt, expect => expect.Refuse().Break()),
        FrameMutations.At("block-without-end", 3, (frames, _, _) => frames[0] = frames[0] with { Flags = frames[0].Flags & ~FrameFlags.EndHeaders }, expect => expect.Refuse().Anything()),
        FrameMutations.At("block-with-priority", 3, (frames, _, random) => frames[0] = frames[0] with
        {
            Flags = frames[0].Flags | FrameFlags.Priority,
            Payload = [0, 0, 0, 0, (byte)random.Next(256), .. frames[0].Payload],
        }),
    ];

    /// <summary>An addition for which the connection must end.</summary>
    private static Mutation Wrong(string name, Func<Random, byte[]> addition) =>
        Of(name, (block, random) => [.. block, .. addition(random)], expect => expect.Refuse().Break());

    private static Mutation Of(string name, Func<byte[], Random, byte[]> change, Action<Expectation>? expect = null) =>
        FrameMutations.At(name, 2, (frames, _, random) => frames[0] = frames[0] with { Payload = change(frames[0].Payload, random) }, expect);

    /// <summary>Fields that go into the table, and come from there.</summary>
    private static IEnumerable<byte> Stored(Random random)
    {
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            foreach (var each in (byte[])[0x40, 3, (byte)'x', (byte)'-', (byte)('a' + i % 26), 2, (byte)'v', (byte)'1', 0x80 | 62])
                yield return each;
        }
    }

    private static void Break(List<WireFrame> frames, int id, Random random)
    {
        var whole = frames[0];
        var pieces = new List<WireFrame>();
        for (var at = 0; at < whole.Payload.Length;)
        {
            var end = Math.Min(whole.Payload.Length, at + random.Next(at == 0 ? 0 : 1, 40));
            var isLast = end == whole.Payload.Length;
            var flags = at == 0 && pieces.Count == 0 ? whole.Flags & FrameFlags.EndStream : FrameFlags.None;
            pieces.Add(new(pieces.Count == 0 ? FrameKind.Headers : FrameKind.Continuation, flags | (isLast ? FrameFlags.EndHeaders : 0), id, whole.Payload[at..end]));
            at = end;
        }

        frames.RemoveAt(0);
        frames.InsertRange(0, pieces);
    }

    private static void Interrupt(List<WireFrame> frames, int id, Random random)
    {
        Break(frames, id, random);
        frames.Insert(1, random.Next(2) == 0 ? WireFrame.Ping(9) : WireFrame.Data(id, [], ends: false));
    }
}
