using System.Security.Cryptography;

namespace Exporter.Delivery.Blocks;

/// <summary>Puts the reports of one commit into blocks; those of one API key and source share them (rule B2).</summary>
public static class BlockPacker
{
    private const int CodecLength = 1;

    /// <summary>Packs submissions, in order.</summary>
    /// <param name="submissions">What one commit holds.</param>
    /// <param name="newId">Makes block ids: UUID version 7.</param>
    public static IReadOnlyList<Block> Pack(IReadOnlyList<Submission> submissions, Func<Guid> newId)
    {
        var blocks = new List<Block>();
        var open = new Dictionary<(string?, string), OpenBlock>();
        foreach (var submission in submissions)
        {
            foreach (var group in submission.Groups)
            {
                var key = (submission.ApiKey, group.Source);
                if (!open.TryGetValue(key, out var block))
                    open[key] = block = new OpenBlock(submission.ApiKey, group.Source);
                Add(group, block, blocks, newId);
            }
        }

        blocks.AddRange(open.Values.Where(block => block.Count > 0).Select(block => block.Close(newId())));
        return blocks;
    }

    private static void Add(PackedReports group, OpenBlock block, List<Block> blocks, Func<Guid> newId)
    {
        var taken = 0;
        while (taken < group.Marks.Count)
        {
            var fitting = block.Fitting(group, taken);
            if (fitting == 0)
            {
                blocks.Add(block.Close(newId()));
                continue;
            }

            block.Take(group, taken, fitting);
            taken += fitting;
        }
    }

    /// <summary>Notes where its reports lie, and copies them once, when its size is known.</summary>
    private sealed class OpenBlock(string? apiKey, string source)
    {
        private readonly List<ReadOnlyMemory<byte>> runs = [];
        private int length = CodecLength;
        private long first = long.MaxValue;
        private long last = long.MinValue;

        public int Count { get; private set; }

        public int Fitting(PackedReports group, int from)
        {
            var start = Start(group, from);
            var room = Block.MaxBytes - length;
            var fitting = 0;
            while (from + fitting < group.Marks.Count && Count + fitting < Block.MaxReports
                   && (group.Marks[from + fitting].End - start <= room || Count + fitting == 0))
                fitting++;
            return fitting;
        }

        public void Take(PackedReports group, int from, int count)
        {
            var run = group.Bytes[Start(group, from)..group.Marks[from + count - 1].End];
            runs.Add(run);
            length += run.Length;
            Count += count;
            for (var i = from; i < from + count; i++)
            {
                first = Math.Min(first, group.Marks[i].ObservedAtMilliseconds);
                last = Math.Max(last, group.Marks[i].ObservedAtMilliseconds);
            }
        }

        public Block Close(Guid id)
        {
            var payload = Payload();
            var block = new Block(id, apiKey, source, Count, payload, SHA256.HashData(payload), first, last);
            runs.Clear();
            (length, Count, first, last) = (CodecLength, 0, long.MaxValue, long.MinValue);
            return block;
        }

        private byte[] Payload()
        {
            var payload = GC.AllocateUninitializedArray<byte>(length);
            payload[0] = BlockCodec.Plain;
            var at = CodecLength;
            foreach (var run in runs)
            {
                run.Span.CopyTo(payload.AsSpan(at));
                at += run.Length;
            }

            return payload;
        }

        private static int Start(PackedReports group, int from) => from == 0 ? 0 : group.Marks[from - 1].End;
    }
}
