using System.IO.Compression;
using Exporter.Delivery.Objects;

namespace Exporter.S3Export.Files;

/// <summary>
/// Tells whether a file that stands at a batch's path holds this batch. Bodies are compared unpacked, because another version
/// of the runtime may compress the same text into other bytes.
/// </summary>
internal static class FileComparison
{
    private const int BufferBytes = 64 * 1024;

    public static bool AreSame(string ours, string standing, ObjectCompression compression)
    {
        if (!File.Exists(standing))
            return false;

        using var left = Open(ours);
        using var right = Open(standing);
        if (left.Length == right.Length && SameBytes(left, right))
            return true;
        if (compression == ObjectCompression.None)
            return false;

        left.Position = right.Position = 0;
        using var unpackedLeft = new GZipStream(left, CompressionMode.Decompress);
        using var unpackedRight = new GZipStream(right, CompressionMode.Decompress);
        try
        {
            return SameBytes(unpackedLeft, unpackedRight);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);

    private static bool SameBytes(Stream left, Stream right)
    {
        var ours = new byte[BufferBytes];
        var theirs = new byte[BufferBytes];
        while (true)
        {
            var read = left.ReadAtLeast(ours, BufferBytes, throwOnEndOfStream: false);
            var other = right.ReadAtLeast(theirs, BufferBytes, throwOnEndOfStream: false);
            if (!ours.AsSpan(0, read).SequenceEqual(theirs.AsSpan(0, other)))
                return false;
            if (read < BufferBytes)
                return true;
        }
    }
}
