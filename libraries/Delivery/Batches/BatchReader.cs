using System.Buffers;
using System.Runtime.CompilerServices;
using Exporter.Delivery.Blocks;

namespace Exporter.Delivery.Batches;

/// <summary>Reads a batch block by block, in order, one short statement each, and checks that the members are those that were sealed.</summary>
public sealed class BatchReader(IBatchStore store, Batch batch)
{
    private const int PageSize = 256;

    /// <summary>
    /// The packed reports of each block in turn: length-delimited protobuf, see <see cref="PackedReports"/>. One buffer is
    /// used for all, so that each is valid until the next is asked for.
    /// </summary>
    /// <exception cref="InvalidDataException">A member is missing or not the one that was sealed: the database is damaged.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadBlocksAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var block in ReadBlocksAsync([new(0, batch.ReportCount)], cancel))
            yield return block.Packed;
    }

    /// <summary>Only those blocks in which there are wanted reports; the others' payloads are not read.</summary>
    /// <param name="wanted">Disjoint, in order.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="InvalidDataException">A member is missing or not the one that was sealed: the database is damaged.</exception>
    public async IAsyncEnumerable<BatchBlock> ReadBlocksAsync(IReadOnlyList<ReportRange> wanted, [EnumeratorCancellation] CancellationToken cancel)
    {
        var hash = MembersHash.Empty;
        var payload = new ArrayBufferWriter<byte>(Block.MaxBytes);
        var (next, first) = (batch.FromSequence, 0L);
        while (next < batch.ToSequence)
        {
            var members = await store.ReadMembersAsync(batch, next, PageSize, cancel);
            if (members.Count == 0)
                break;

            foreach (var member in members)
            {
                hash = MembersHash.Append(hash.Span, member.BlockId, member.PayloadSha256.Span);
                var range = new ReportRange(first, first + member.ReportCount);
                first = range.To;
                if (!wanted.Any(run => run.From < range.To && range.From < run.To))
                    continue;

                payload.ResetWrittenCount();
                await store.ReadPayloadAsync(member.BlockId, payload, cancel);
                yield return new(range, BlockCodec.Unpack(payload.WrittenMemory));
            }

            next = members[^1].Sequence + 1;
        }

        if (!hash.Span.SequenceEqual(batch.MembersSha256.Span))
            throw new InvalidDataException($"Batch {batch.Id} does not have the members that were sealed. The database is damaged: restore it from a backup.");
    }
}

/// <summary>A block of a batch.</summary>
/// <param name="Range">Which reports of the batch it holds.</param>
/// <param name="Packed">Them, packed; valid until the next block is asked for.</param>
public readonly record struct BatchBlock(ReportRange Range, ReadOnlyMemory<byte> Packed);
