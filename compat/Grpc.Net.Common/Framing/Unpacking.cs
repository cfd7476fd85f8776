using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Framing;

/// <summary>Unpacks a compressed payload, but never beyond the largest message that may be received.</summary>
internal static class Unpacking
{
    private const int StepLength = 16 * 1024;
    private const int ShortestGzip = 18;

    /// <summary>No byte of gzip unpacks to more bytes than this.</summary>
    private const long GreatestRatio = 1032;

    public static PooledBuffer Unpack(ReadOnlySequence<byte> packed, ICompressionProvider compression, int maxLength)
    {
        if (packed.IsEmpty)
            return new(StepLength);
        var told = compression is GzipCompressionProvider ? ToldLength(packed) : null;
        if (told > maxLength)
            throw Frame.TooLarge();
        var unpacked = new PooledBuffer((int)(told + 1 ?? StepLength));
        try
        {
            using var stream = compression.CreateDecompressionStream(PipeReader.Create(packed).AsStream());
            while (stream.Read(unpacked.GetSpan(told is null ? StepLength : 1)) is > 0 and var count)
            {
                unpacked.Advance(count);
                if (unpacked.Written.Length > (told ?? maxLength))
                    throw told is null ? Frame.TooLarge() : Broken();
            }
            return told is null || told == unpacked.Written.Length ? unpacked : throw Broken();
        }
        catch (Exception e)
        {
            unpacked.Dispose();
            if (e is InvalidDataException)
                throw Broken(e);
            throw;
        }
    }

    /// <summary>
    /// The length that gzip's last four bytes tell. A bomb is refused by it, and only by it can one see that gzip breaks off, or
    /// goes on behind its end: .NET unpacks the part that it can, without a word.
    /// </summary>
    private static long? ToldLength(ReadOnlySequence<byte> packed)
    {
        if (packed.Length < ShortestGzip)
            throw Broken();
        Span<byte> told = stackalloc byte[sizeof(uint)];
        packed.Slice(packed.Length - told.Length).CopyTo(told);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(told);
        return length <= packed.Length * GreatestRatio ? length : throw Broken();
    }

    private static RpcException Broken(Exception? cause = null) =>
        new(new Status(StatusCode.Internal, "A compressed message can't be unpacked.", cause));
}
