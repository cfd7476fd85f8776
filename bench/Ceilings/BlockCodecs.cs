using System.Diagnostics;
using System.IO.Compression;
using Exporter.Bench.Figures;
using Exporter.Bench.Load;
using Exporter.Bench.Runs;

namespace Exporter.Bench.Ceilings;

/// <summary>Ways to pack a block of 1,000 reports: size, and the time of one core to pack and unpack a report.</summary>
internal static class BlockCodecs
{
    private const int BlockReports = 1000;
    private const int Blocks = 50;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    public static Task RunAsync(RunOptions options, Page page)
    {
        var blocks = ReportPool.Make(BlockReports * Blocks).Chunk(BlockReports).Select(ReportPool.Packed).ToList();
        page.Figure("plain", $"{blocks.Average(block => block.Length) / 1000:N0} kB a block");
        Measure("deflate, fastest", blocks, stream => new DeflateStream(stream, CompressionLevel.Fastest), stream => new DeflateStream(stream, CompressionMode.Decompress), page);
        Measure("deflate, optimal", blocks, stream => new DeflateStream(stream, CompressionLevel.Optimal), stream => new DeflateStream(stream, CompressionMode.Decompress), page);
        Measure("brotli 1", blocks, stream => new BrotliStream(stream, CompressionLevel.Fastest), stream => new BrotliStream(stream, CompressionMode.Decompress), page);
        return Task.CompletedTask;
    }

    private static void Measure(string name, List<byte[]> blocks, Func<Stream, Stream> pack, Func<Stream, Stream> unpack, Page page)
    {
        var packed = blocks.Select(block => Run(pack, block)).ToList();
        var packing = Time(blocks.Count, i => Run(pack, blocks[i]));
        var room = new byte[blocks.Max(block => block.Length)];
        var unpacking = Time(packed.Count, i =>
        {
            using var stream = unpack(new MemoryStream(packed[i]));
            stream.ReadExactly(room, 0, blocks[i].Length);
        });
        page.Figure(
            name, $"{packed.Average(block => block.Length) / 1000:N0} kB a block",
            $"{Words.Ratio(blocks.Sum(block => (double)block.Length), packed.Sum(block => (double)block.Length))}, pack {packing.TotalMicroseconds / BlockReports:N2} µs, unpack {unpacking.TotalMicroseconds / BlockReports:N2} µs a report");
    }

    private static byte[] Run(Func<Stream, Stream> pack, byte[] block)
    {
        var sink = new MemoryStream(block.Length);
        using (var stream = pack(sink))
            stream.Write(block);
        return sink.ToArray();
    }

    private static TimeSpan Time(int count, Action<int> work)
    {
        var begun = Stopwatch.GetTimestamp();
        var done = 0;
        for (; Stopwatch.GetElapsedTime(begun) < Duration; done++)
            work(done % count);
        return Stopwatch.GetElapsedTime(begun) / done;
    }
}
