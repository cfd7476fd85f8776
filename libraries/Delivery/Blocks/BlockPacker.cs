using System.Buffers;
using System.Security.Cryptography;

namespace Exporter.Delivery.Blocks;

/// <summary>Puts the reports of one commit into blocks; those of one API key and source share them (rule B2).</summary>
public static class BlockPacker
{
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

        foreach (var block in open.Values)
        {
            if (block.Count > 0)
                blocks.Add(block.Close(newId()));
            block.Dispose();
        }

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

    private sealed class OpenBlock(string? apiKey, string source) : IDisposable
    {
        private byte[] payload = [];
        private int length;
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
            if (Count == 0)
                Write([BlockCodec.Plain]);

            var start = Start(group, from);
            Write(group.Bytes.Span[start..group.Marks[from + count - 1].End]);
            Count += count;
            for (var i = from; i < from + count; i++)
            {
                first = Math.Min(first, group.Marks[i].ObservedAtMilliseconds);
                last = Math.Max(last, group.Marks[i].ObservedAtMilliseconds);
            }
        }

        public Block Close(Guid id)
        {
            var bytes = payload.AsSpan(0, length).ToArray();
            var block = new Block(id, apiKey, source, Count, bytes, SHA256.HashData(bytes), first, last);
            (length, Count, first, last) = (0, 0, long.MaxValue, long.MinValue);
            return block;
        }

        public void Dispose() => ArrayPool<byte>.Shared.Return(payload);

        private void Write(ReadOnlySpan<byte> bytes)
        {
            if (payload.Length - length < bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + bytes.Length, 2 * payload.Length));
                payload.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(payload);
                payload = larger;
            }

            bytes.CopyTo(payload.AsSpan(length));
            length += bytes.Length;
        }

        private static int Start(PackedReports group, int from) => from == 0 ? 0 : group.Marks[from - 1].End;
    }
}
