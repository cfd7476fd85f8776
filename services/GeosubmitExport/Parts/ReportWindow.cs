using System.Buffers;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;

namespace Exporter.GeosubmitExport.Parts;

/// <summary>Moves over a batch's reports and holds those of one part: at most its bytes and a block beyond.</summary>
internal sealed class ReportWindow(DeliveryAttempt attempt, IReadOnlyList<ReportRange> gaps, int mostBytes, CancellationToken cancel) : IAsyncDisposable
{
    private readonly IAsyncEnumerator<BatchBlock> blocks = attempt.Reports.ReadBlocksAsync(gaps, cancel).GetAsyncEnumerator(cancel);
    private readonly List<int> ends = [];
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Block.MaxBytes);
    private int used;
    private long first;

    private long To => first + ends.Count;

    /// <summary>Holds a part, and forgets all before it; false when it has too many bytes to be sent. Parts come in order.</summary>
    /// <exception cref="InvalidDataException">The batch is not what was sealed: the database is damaged.</exception>
    public async ValueTask<bool> FillAsync(ReportRange part)
    {
        Forget(part.From);
        while (To < part.To && used <= mostBytes)
            await ReadAsync();
        if (To < part.To)
            return false;

        // The end of the reading compares the members with those that were sealed, so that comes before the last part goes out.
        if (part.To == gaps[^1].To && await blocks.MoveNextAsync())
            throw Damaged();
        return part.Count == 1 || Offset(part.To) <= mostBytes;
    }

    /// <summary>Reports of the part that is held, length-delimited.</summary>
    public ReadOnlyMemory<byte> Packed(ReportRange range) => buffer.AsMemory(Offset(range.From)..Offset(range.To));

    public async ValueTask DisposeAsync()
    {
        await blocks.DisposeAsync();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private int Offset(long index) => index == first ? 0 : ends[(int)(index - first) - 1];

    private void Forget(long before)
    {
        if (before >= To)
        {
            ends.Clear();
            (first, used) = (before, 0);
            return;
        }

        var cut = Offset(before);
        buffer.AsSpan(cut..used).CopyTo(buffer);
        ends.RemoveRange(0, (int)(before - first));
        for (var i = 0; i < ends.Count; i++)
            ends[i] -= cut;
        (first, used) = (before, used - cut);
    }

    private async ValueTask ReadAsync()
    {
        if (!await blocks.MoveNextAsync())
            throw Damaged();

        attempt.Progress();
        var (range, packed) = blocks.Current;
        for (var index = range.From; packed.Length > 0; index++)
        {
            var length = PackedReader.ReadLength(packed.Span, out var prefix) + prefix;
            if (index == To)
                Append(packed.Span[..length]);
            else if (index > To)
                throw Damaged();
            packed = packed[length..];
        }
    }

    private void Append(ReadOnlySpan<byte> report)
    {
        if (buffer.Length - used < report.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, used + report.Length));
            buffer.AsSpan(0, used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        report.CopyTo(buffer.AsSpan(used));
        used += report.Length;
        ends.Add(used);
    }

    private InvalidDataException Damaged() =>
        new($"Batch {attempt.Batch.Id} does not have the {attempt.Batch.ReportCount} reports that were sealed. The database is damaged: restore it from a backup.");
}
