using System.IO.Compression;
using Exporter.Bench.Figures;

namespace Exporter.Bench.Server;

/// <summary>What lies in the objects' folder after a run.</summary>
internal sealed record DeliveredObjects(int Count, long Bytes, double Ratio)
{
    private const int MostUnpacked = 20;

    public static DeliveredObjects Read(string folder)
    {
        var files = new DirectoryInfo(Path.Combine(folder, "objects")).GetFiles("*.json.gz", SearchOption.AllDirectories);
        var sample = files.Take(MostUnpacked).ToList();
        return new(files.Length, files.Sum(file => file.Length), (double)sample.Sum(Unpacked) / sample.Sum(file => file.Length));
    }

    public void Print(Page page)
    {
        page.Figure("objects", Words.Count(Count), Words.Megabytes(Bytes));
        page.Figure("gzip ratio of the objects", $"{Ratio:N2} : 1", "must be at most 6 : 1");
    }

    private static long Unpacked(FileInfo file)
    {
        using var gzip = new GZipStream(file.OpenRead(), CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        var length = 0L;
        while (gzip.Read(buffer) is > 0 and var read)
            length += read;
        return length;
    }
}
