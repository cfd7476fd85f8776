using Exporter.Oracle.Fuzz.Drafts;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Lies and breaks in gRPC's own framing.</summary>
internal static class MessageMutations
{
    private const int Internal = 13;
    private const int Exhausted = 8;

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Of("flag-unknown", 4, (draft, random) => Replace(draft, random, payload => Draft.Framed(payload, (byte)random.Next(2, 256))), Internal),
        Of("flag-without-encoding", 3, (draft, random) => Replace(draft, random, payload => Draft.Framed(payload, flag: 1)), Internal),
        Of("length-longer", 4, (draft, random) => ReplaceLast(draft, payload => Draft.Framed(payload, length: payload.Length + random.Next(1, 5_000))), Internal),
        Malforming("length-shorter", 4, (draft, random) =>
            ReplaceLast(draft, payload => Draft.Framed(payload, length: payload.Length - random.Next(1, Math.Min(5, payload.Length)))), Internal),
        Malforming("length-zero", 3, (draft, random) => ReplaceLast(draft, payload => Draft.Framed(payload, length: 0)), Internal),
        Of("length-beyond-limit", 4, (draft, random) => Replace(draft, random, payload => Draft.Framed(payload, length: Beyond(draft, random))), Exhausted),
        Of("cut-in-header", 3, (draft, random) => Cut(draft, random.Next(1, 5)), Internal),
        Of("cut-in-message", 4, (draft, random) => Cut(draft, random.Next(5, draft.Body[^1].Length)), Internal),
        Of("trailing-bytes", 4, (draft, random) => draft.Body.Add(Noise(random, random.Next(1, 5))), Internal),
        Of("no-message", 3, (draft, _) => draft.Body.Clear(), Internal) with { Fits = method => method.TakesOne },
        Of("two-messages", 3, (draft, random) => draft.Body.Add(Draft.Framed(draft.Method.NextMessage(random))), Internal) with { Fits = method => method.TakesOne },
        new(Layer.Messages, "more-messages", 3, AddMessages) { Fits = method => !method.TakesOne },
        new(Layer.Messages, "no-messages-in-stream", 2, Empty) { Fits = method => !method.TakesOne },
        new(Layer.Messages, "empty-message", 2, AddEmpty),
        new(Layer.Messages, "split-everywhere", 5, Split),
        new(Layer.Messages, "joined", 3, (draft, _) => Regroup(draft, [[.. draft.Body.SelectMany(each => each)]])),
        Bad("malformed-tag", 3, random => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. Noise(random, 3)]),
        Bad("malformed-length", 3, random => [0x0A, (byte)random.Next(10, 128), 1]),
        Bad("malformed-number-zero", 2, _ => [0x00, 0x01]),
        new(Layer.Messages, "random-message", 4, (draft, random) =>
        {
            Replace(draft, random, _ => Draft.Framed(Noise(random, random.Next(1, 200))));
            draft.Expect.May(draft.Method.MalformedStatus);
        }),
        new(Layer.Messages, "shifted-frames", 3, (draft, random) =>
        {
            draft.Body[^1] = [.. draft.Body[^1][random.Next(1, draft.Body[^1].Length)..]];
            draft.IsIntact = false;
            draft.Expect.May(Internal, Exhausted, draft.Method.MalformedStatus);
        }),
    ];

    public static byte[] Noise(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Puts another frame in place of a message's.</summary>
    public static void Replace(Draft draft, Random random, Func<byte[], byte[]> frame)
    {
        var at = random.Next(draft.Messages.Count);
        draft.Body[at] = frame(draft.Messages[at]);
        draft.IsIntact = false;
    }

    private static Mutation Of(string name, int weight, Action<Draft, Random> apply, int status) =>
        new(Layer.Messages, name, weight, (draft, random) =>
        {
            apply(draft, random);
            draft.IsIntact = false;
            draft.Expect.Refuse(status);
        });

    private static Mutation Malforming(string name, int weight, Action<Draft, Random> apply, int status) =>
        Of(name, weight, (draft, random) =>
        {
            apply(draft, random);
            draft.Expect.May(draft.Method.MalformedStatus);
        }, status);

    private static Mutation Bad(string name, int weight, Func<Random, byte[]> payload) =>
        new(Layer.Messages, name, weight, (draft, random) =>
        {
            Replace(draft, random, _ => Draft.Framed(payload(random)));
            draft.Expect.Refuse(draft.Method.MalformedStatus);
        });

    private static long Beyond(Draft draft, Random random)
    {
        long[] lengths = [draft.Method.MostMessageBytes + 1L, int.MaxValue, 1L << 31, uint.MaxValue, random.NextInt64(1L << 24, 1L << 32)];
        return lengths[random.Next(lengths.Length)];
    }

    private static void ReplaceLast(Draft draft, Func<byte[], byte[]> frame) => draft.Body[^1] = frame(draft.Messages[^1]);

    private static void Cut(Draft draft, int kept) => draft.Body[^1] = draft.Body[^1][..kept];

    private static void AddMessages(Draft draft, Random random)
    {
        for (var more = random.Next(1, 30); more > 0; more--)
            Add(draft, draft.Method.NextMessage(random));
    }

    private static void AddEmpty(Draft draft, Random random)
    {
        if (draft.Method.TakesOne)
            Empty(draft, random);
        Add(draft, []);
    }

    private static void Empty(Draft draft, Random random)
    {
        draft.Body.Clear();
        draft.Messages.Clear();
    }

    private static void Add(Draft draft, byte[] message)
    {
        draft.Messages.Add(message);
        draft.Body.Add(Draft.Framed(message));
    }

    private static void Split(Draft draft, Random random)
    {
        byte[] all = [.. draft.Body.SelectMany(each => each)];
        var parts = new List<byte[]>();
        for (var at = 0; at < all.Length;)
        {
            var end = Math.Min(all.Length, at + random.Next(all.Length > 2_000 ? 20 : 0, 40));
            parts.Add(all[at..end]);
            at = end;
        }

        Regroup(draft, parts);
    }

    private static void Regroup(Draft draft, List<byte[]> parts)
    {
        draft.Body.Clear();
        draft.Body.AddRange(parts);
    }
}
