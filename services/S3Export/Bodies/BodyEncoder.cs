using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Objects;
using Exporter.Geosubmit.Bodies;

namespace Exporter.S3Export.Bodies;

/// <summary>
/// Makes a batch's body, {"items":[…]} or one report a line, part by part and in constant memory. The same batch gives the
/// same bytes every time.
/// </summary>
internal sealed class BodyEncoder : IDisposable
{
    private const int SliceBytes = 64 * 1024;
    private readonly ObjectTarget target;
    private readonly PartStream sink;
    private readonly Stream compressor;
    private readonly SliceWriter writer;
    private long reports;

    public BodyEncoder(ObjectTarget target, long partBytes)
    {
        this.target = target;
        sink = new(partBytes);
        compressor = target.Compression == ObjectCompression.Gzip ? new GZipStream(sink, LevelOf(target.Level), leaveOpen: true) : sink;
        writer = new(compressor, SliceBytes);
    }

    /// <summary>Size of the body so far.</summary>
    public long Bytes => sink.Bytes;

    /// <summary>Of the body so far, in lower-case hexadecimal.</summary>
    public string Sha256 => sink.Sha256();

    private bool IsDocument => target.Format == ObjectFormat.Json;

    /// <summary>The parts in order, each the caller's to dispose; all but the last are full.</summary>
    /// <exception cref="InvalidDataException">The batch is not what was sealed. The last part was not given out.</exception>
    public async IAsyncEnumerable<BodyPart> EncodeAsync(DeliveryAttempt attempt, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (IsDocument)
            writer.Write("{\"items\":["u8);
        await foreach (var block in attempt.Reports.ReadBlocksAsync(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            WriteBlock(block.Span);
            attempt.Progress();
            while (sink.TakeFull() is { } part)
                yield return part;
        }

        if (reports != attempt.Batch.ReportCount)
            throw new InvalidDataException($"Batch {attempt.Batch.Id} has {reports} reports and was sealed with {attempt.Batch.ReportCount}. The database is damaged: restore it from a backup.");
        Finish();
        while (sink.TakeFull() is { } part)
            yield return part;
        if (sink.TakeLast() is { } last)
            yield return last;
    }

    public void Dispose()
    {
        writer.Dispose();
        compressor.Dispose();
        sink.Dispose();
    }

    private static CompressionLevel LevelOf(GzipLevel level) => level switch
    {
        GzipLevel.Optimal => CompressionLevel.Optimal,
        GzipLevel.Smallest => CompressionLevel.SmallestSize,
        _ => CompressionLevel.Fastest,
    };

    private void WriteBlock(ReadOnlySpan<byte> packed)
    {
        while (packed.Length > 0)
        {
            var report = PackedReport.Next(ref packed);
            if (IsDocument && reports > 0)
                writer.Write(","u8);
            ReportBytes.Write(writer, report);
            if (!IsDocument)
                writer.Write("\n"u8);
            reports++;
            writer.PassFullSlices();
        }
    }

    private void Finish()
    {
        if (IsDocument)
            writer.Write("]}"u8);
        writer.PassAll();
        if (compressor != sink)
            compressor.Dispose();
    }
}
