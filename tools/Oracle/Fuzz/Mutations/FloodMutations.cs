using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Much of what is right a little at a time. Bounded, so that it is the server's bound that is tried.</summary>
internal static class FloodMutations
{
    private const uint Cancel = 8;

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Before("flood-of-pings", random => Enumerable.Range(0, random.Next(50, 500)).Select(i => WireFrame.Ping(i))),
        Before("flood-of-settings", random => Enumerable.Repeat(WireFrame.Settings((3, 100)), random.Next(50, 500))),
        Before("flood-of-windows", random => Enumerable.Repeat(WireFrame.WindowUpdate(0, 1), random.Next(50, 1_000))),
        Before("flood-of-priorities", random => Enumerable.Range(1, random.Next(50, 500)).Select(i => new WireFrame(FrameKind.Priority, 0, 2 * i + 101, [0, 0, 0, 0, 1]))),
        Before("flood-of-unknown", random => Enumerable.Repeat(new WireFrame((FrameKind)99, 0, 0, new byte[10]), random.Next(50, 500))),
        FrameMutations.At("flood-of-empty-data", 2, (frames, id, random) => frames.InsertRange(frames.Count - 1, frames.Count == 1 ? [] : Enumerable.Repeat(WireFrame.Data(id, [], ends: false), random.Next(50, 1_000))), expect => expect.Break()),
        FrameMutations.At("flood-of-continuations", 2, (frames, id, random) => Continue(frames, id, random.Next(20, 60), new byte[4_000]), expect => expect.Refuse().Http(431).Break()),
        FrameMutations.At("flood-of-empty-continuations", 2, (frames, id, random) => Continue(frames, id, random.Next(50, 2_000), []), expect => expect.Break()),
        FrameMutations.At("rapid-reset", 2, (frames, id, random) => Rush(frames, id, random.Next(20, 300), resets: true), expect => expect.Break()),
        FrameMutations.At("many-streams", 1, (frames, id, random) => Rush(frames, id, random.Next(100, 300), resets: false), expect => expect.Break()),
    ];

    private static Mutation Before(string name, Func<Random, IEnumerable<WireFrame>> flood) =>
        FrameMutations.At(name, 1, (frames, _, random) => frames.InsertRange(0, flood(random)), expect => expect.Break());

    /// <summary>Goes on with the header block; what is added are fields of nothing, or nothing.</summary>
    private static void Continue(List<WireFrame> frames, int id, int count, byte[] more)
    {
        for (var at = 0; at + 2 < more.Length; at += 4)
            (more[at], more[at + 1], more[at + 2], more[at + 3]) = (0, 1, (byte)'x', 0);
        frames[0] = frames[0] with { Flags = frames[0].Flags & ~FrameFlags.EndHeaders };
        frames.InsertRange(1, Enumerable.Range(1, count)
            .Select(i => new WireFrame(FrameKind.Continuation, i == count ? FrameFlags.EndHeaders : 0, id, more)));
    }

    /// <summary>Begins other calls first: each is broken off at once, or left as it is.</summary>
    private static void Rush(List<WireFrame> frames, int id, int count, bool resets)
    {
        var begin = frames[0] with { Flags = FrameFlags.EndHeaders };
        var others = new List<WireFrame>();
        for (var other = id - 2 * count; other < id; other += 2)
        {
            others.Add(begin with { StreamId = other });
            if (resets)
                others.Add(WireFrame.Reset(other, Cancel));
        }

        frames.InsertRange(0, others);
    }
}
