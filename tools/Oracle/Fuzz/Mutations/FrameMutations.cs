using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>HTTP/2 frames that are wrong, or in a wrong place, or odd and right.</summary>
internal static class FrameMutations
{
    private const uint Cancel = 8;

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Wrong("data-on-connection", (_, random) => WireFrame.Data(0, MessageMutations.Noise(random, 5), ends: false)),
        Wrong("data-on-idle-stream", (id, _) => WireFrame.Data(id + 100, [1], ends: false)),
        Wrong("headers-on-connection", (_, _) => WireFrame.Headers(0, [], ends: true)),
        Wrong("headers-on-even-stream", (id, _) => WireFrame.Headers(id + 1, [], ends: true)),
        Wrong("continuation-alone", (id, _) => new(FrameKind.Continuation, FrameFlags.EndHeaders, id, [])),
        Wrong("ping-length", (_, random) => new(FrameKind.Ping, 0, 0, MessageMutations.Noise(random, Not(8, random)))),
        Wrong("ping-on-stream", (id, _) => WireFrame.Ping(7) with { StreamId = id }),
        Wrong("settings-length", (_, random) => new(FrameKind.Settings, 0, 0, MessageMutations.Noise(random, random.Next(1, 6)))),
        Wrong("settings-ack-with-more", (_, _) => WireFrame.Settings((3, 1)) with { Flags = FrameFlags.Ack }),
        Wrong("settings-on-stream", (id, _) => WireFrame.SettingsAck() with { StreamId = id }),
        Wrong("settings-window-too-large", (_, _) => WireFrame.Settings((4, 1u << 31))),
        Wrong("settings-frame-size", (_, random) => WireFrame.Settings((5, random.Next(2) == 0 ? 100 : uint.MaxValue))),
        Wrong("settings-push", (_, _) => WireFrame.Settings((2, 7))),
        Wrong("window-length", (_, random) => new(FrameKind.WindowUpdate, 0, 0, MessageMutations.Noise(random, Not(4, random)))),
        Wrong("window-zero", (_, _) => WireFrame.WindowUpdate(0, 0)),
        Wrong("window-overflow", (_, _) => WireFrame.WindowUpdate(0, int.MaxValue)),
        Wrong("reset-on-connection", (_, _) => WireFrame.Reset(0, Cancel)),
        Wrong("reset-length", (id, random) => new(FrameKind.Reset, 0, id, MessageMutations.Noise(random, Not(4, random)))),
        Wrong("reset-on-idle-stream", (id, _) => WireFrame.Reset(id + 100, Cancel)),
        Wrong("priority-length", (id, random) => new(FrameKind.Priority, 0, id, MessageMutations.Noise(random, Not(5, random)))),
        Wrong("priority-on-itself", (id, _) => new(FrameKind.Priority, 0, id, [.. WireFrame.Number32((uint)id), 1])),
        Wrong("priority-on-connection", (_, _) => new(FrameKind.Priority, 0, 0, [0, 0, 0, 0, 1])),
        Wrong("push-promise", (id, _) => new(FrameKind.PushPromise, FrameFlags.EndHeaders, id, [0, 0, 0, 2])),
        Wrong("goaway-on-stream", (id, _) => WireFrame.GoAway(0, 0) with { StreamId = id }),
        Wrong("frame-too-large", (_, _) => new((FrameKind)200, 0, 0, new byte[20_000])),
        Wrong("frame-length-huge", (id, _) => WireFrame.Data(id, [1, 2, 3], ends: false) with { ToldLength = 0xFFFFFF }),
        Wrong("padding-too-long", (id, _) => new(FrameKind.Data, FrameFlags.Padded, id, [200, 1, 2])),
        Wrong("padding-absent", (id, _) => new(FrameKind.Data, FrameFlags.Padded, id, [])),
        Right("frame-unknown", (id, random) => new((FrameKind)random.Next(16, 256), (FrameFlags)random.Next(256), id, MessageMutations.Noise(random, random.Next(100)))),
        Right("settings-unknown", (_, random) => WireFrame.Settings((random.Next(0x20, 0xFFFF), (uint)random.Next()))),
        Right("settings-table", (_, random) => WireFrame.Settings((1, (uint)random.Next(3) * 4096))),
        Right("window-on-connection", (_, random) => WireFrame.WindowUpdate(0, (uint)random.Next(1, 100_000))),
        Right("priority", (id, random) => new(FrameKind.Priority, 0, id + 2, [0, 0, 0, 0, (byte)random.Next(256)])),
        Right("ping", (_, random) => WireFrame.Ping(random.NextInt64() & int.MaxValue)),
        At("goaway", 2, (frames, _, _) => frames.Insert(0, WireFrame.GoAway(0, 0)), expect => expect.Break()),
        At("padded", 4, Pad),
        At("request-trailers", 3, EndWithTrailers),
        At("headers-in-the-middle", 3, (frames, id, _) => frames.Insert(frames.Count - 1, WireFrame.Headers(id, HeaderWriter.Write([new("x", "y")]), ends: false)), expect => expect.Refuse().Break()),
        At("data-after-end", 3, (frames, id, random) => frames.Add(WireFrame.Data(id, MessageMutations.Noise(random, 10), ends: false)), expect => expect.Break()),
        At("headers-after-end", 3, (frames, id, _) => frames.Add(frames[0] with { StreamId = id }), expect => expect.Break()),
        At("stream-number-lower", 3, (frames, id, _) => frames.Insert(0, frames[0] with { StreamId = id + 10, Flags = FrameFlags.EndHeaders | FrameFlags.EndStream }), expect => expect.Refuse().Break()),
        At("reset-at-end", 4, (frames, id, random) => frames.Add(WireFrame.Reset(id, (uint)random.Next(20))), expect => expect.Anything()),
        At("reset-in-the-middle", 4, (frames, id, _) => frames.Insert(frames.Count - 1, WireFrame.Reset(id, Cancel)), expect => expect.Refuse().Anything()),
        At("frames-shuffled", 3, Shuffle, expect => expect.Anything()),
        At("frame-twice", 3, (frames, _, random) => frames.Insert(random.Next(frames.Count), frames[random.Next(frames.Count)]), expect => expect.Anything()),
        At("frame-left-out", 3, (frames, _, random) => frames.RemoveAt(random.Next(frames.Count)), expect => expect.Anything()),
        At("frame-on-other-stream", 4, (frames, _, random) => Change(frames, random, frame => frame with { StreamId = random.Next(5) == 0 ? random.Next() : random.Next(10) }), expect => expect.Anything()),
        At("frame-flags", 4, (frames, _, random) => Change(frames, random, frame => frame with { Flags = frame.Flags ^ (FrameFlags)(1 << random.Next(8)) }), expect => expect.Anything()),
        At("frame-kind", 3, (frames, _, random) => Change(frames, random, frame => frame with { Kind = (FrameKind)random.Next(12) }), expect => expect.Anything()),
        At("frame-length-lie", 4, (frames, _, random) => Change(frames, random, frame => frame with { ToldLength = Math.Max(0, frame.Payload.Length + random.Next(-10, 11)) }), expect => expect.Anything()),
    ];

    /// <summary>Changes the frames of a call that has a connection of its own.</summary>
    public static Mutation At(string name, int weight, Action<List<WireFrame>, int, Random> change, Action<Expectation>? expect = null) =>
        new(Layer.Frames, name, weight, (draft, random) =>
        {
            draft.Reframe = (frames, id) => change(frames, id, random);
            expect?.Invoke(draft.Expect);
            draft.IsIntact &= !draft.Expect.IsOpen;
        });

    /// <summary>A frame for which RFC 9113 ends the connection or the stream, before the call is whole.</summary>
    private static Mutation Wrong(string name, Func<int, Random, WireFrame> frame) =>
        At(name, 2, (frames, id, random) => frames.Insert(random.Next(frames.Count), frame(id, random)), expect => expect.Refuse().Break());

    /// <summary>A frame that changes nothing.</summary>
    private static Mutation Right(string name, Func<int, Random, WireFrame> frame) =>
        At(name, 2, (frames, id, random) => frames.Insert(random.Next(frames.Count + 1), frame(id, random)));

    private static int Not(int length, Random random) => random.Next(2) == 0 ? random.Next(length) : random.Next(length + 1, length + 20);

    private static void Change(List<WireFrame> frames, Random random, Func<WireFrame, WireFrame> change)
    {
        var at = random.Next(frames.Count);
        frames[at] = change(frames[at]);
    }

    private static void Pad(List<WireFrame> frames, int id, Random random)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var padding = random.Next(256);
            frames[i] = frames[i] with { Flags = frames[i].Flags | FrameFlags.Padded, Payload = [(byte)padding, .. frames[i].Payload, .. new byte[padding]] };
        }
    }

    private static void EndWithTrailers(List<WireFrame> frames, int id, Random random)
    {
        frames[^1] = frames[^1] with { Flags = frames[^1].Flags & ~FrameFlags.EndStream };
        frames.Add(WireFrame.Headers(id, HeaderWriter.Write([new("x-trailer", "1")]), ends: true));
    }

    private static void Shuffle(List<WireFrame> frames, int id, Random random)
    {
        WireFrame[] shuffled = [.. frames];
        random.Shuffle(shuffled);
        frames.Clear();
        frames.AddRange(shuffled);
    }
}
