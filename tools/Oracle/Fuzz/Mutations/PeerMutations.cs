using Exporter.Oracle.Fuzz.Drafts;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz.Mutations;

/// <summary>Right bytes from a peer that behaves oddly.</summary>
internal static class PeerMutations
{
    private const int DeadlineExceeded = 4;
    private static readonly TimeSpan Crawl = TimeSpan.FromMilliseconds(700);

    public static IReadOnlyList<Mutation> All { get; } =
    [
        new(Layer.Peer, "dribble", 5, (draft, random) => draft.Delivery = random.Next(5) == 0
            ? new() { ChunkBytes = random.Next(40, 100), Pause = TimeSpan.FromMilliseconds(1) }
            : new() { ChunkBytes = random.Next(1, 12) }),
        new(Layer.Peer, "crawl", 1, (draft, _) =>
        {
            // A byte now and then is below the rate that Kestrel asks of a request with a known end.
            draft.Body.Insert(0, Draft.Framed(new byte[100], length: 1_000));
            draft.IsIntact = false;
            draft.Delivery = new() { ChunkBytes = 1, Pause = Crawl, IsHeadAtOnce = true };
            draft.Expect.Refuse(1, 13).Http(408).Break();
        }) { Fits = method => method.TakesOne },
        new(Layer.Peer, "leave", 6, (draft, random) =>
        {
            draft.Delivery = new() { Part = random.NextDouble(), Farewell = random.Next(2) == 0 ? Farewell.Close : Farewell.Abort };
            draft.Expect.Anything();
        }),
        new(Layer.Peer, "leave-after-request", 3, (draft, random) =>
        {
            draft.Delivery = new() { Farewell = random.Next(2) == 0 ? Farewell.Close : Farewell.Abort };
            draft.Expect.Anything();
        }),
        new(Layer.Peer, "never-ends", 5, (draft, _) =>
        {
            draft.HalfCloses = false;
            draft.Expect.Wait();
        }),
        new(Layer.Peer, "never-ends-with-deadline", 3, (draft, random) =>
        {
            draft.HalfCloses = false;
            SetDeadline(draft, random);
            draft.Expect.Refuse(DeadlineExceeded);
        }),
        new(Layer.Peer, "reads-late", 3, (draft, random) => draft.Delivery = new() { ReadsAfter = TimeSpan.FromMilliseconds(random.Next(20, 150)) }),
        new(Layer.Peer, "never-reads", 2, (draft, _) =>
        {
            Fill(draft);
            draft.Delivery = new() { ReadsAfter = Timeout.InfiniteTimeSpan, Farewell = Farewell.Abort };
            draft.Expect.Anything();
        }) { Fits = method => method.Kind is CallKind.Duplex or CallKind.ServerStreaming },
        new(Layer.Peer, "window-shut", 3, (draft, _) =>
        {
            draft.Delivery = new() { Window = 0 };
            draft.Expect.Wait();
        }),
        new(Layer.Peer, "window-shut-with-deadline", 2, (draft, random) =>
        {
            draft.HalfCloses = false;
            SetDeadline(draft, random);
            draft.Delivery = new() { Window = 0 };
            draft.Expect.Refuse(DeadlineExceeded).Break();
            // A service that something else has ended before the deadline is done; what it said waits in Kestrel for the window.
            if (draft.Mutations.Count > 0)
                draft.Expect.Wait();
        }) { Fits = method => !method.TakesOne },
        new(Layer.Peer, "window-trickle", 3, (draft, _) =>
        {
            draft.Delivery = new() { Window = 1, ChunkBytes = 13 };
            draft.Reframe = (frames, id) => frames.AddRange(
                [.. Enumerable.Repeat(WireFrame.WindowUpdate(id, 3), 20), WireFrame.WindowUpdate(id, RawConnection.LargeWindow)]);
        }),
    ];

    private static void SetDeadline(Draft draft, Random random)
    {
        HeaderMutations.Remove(draft, "grpc-timeout");
        HeaderMutations.Add(draft, "grpc-timeout", $"{random.Next(1, 300)}m");
    }

    /// <summary>Many messages, so that many answers wait.</summary>
    private static void Fill(Draft draft)
    {
        if (draft.Method.TakesOne || draft.Body.Count == 0)
            return;
        for (var i = 0; i < 300; i++)
            draft.Body.Add(draft.Body[0]);
    }
}
