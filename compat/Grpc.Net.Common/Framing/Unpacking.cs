using System.Buffers;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Framing;

/// <summary>Unpacks a compressed payload, but never beyond the largest message that may be received.</summary>
internal static class Unpacking
{
    private const int StepLength = 16 * 1024;

    public static PooledBuffer Unpack(ReadOnlySequence<byte> packed, ICompressionProvider compression, int maxLength)
    {
        var unpacked = new PooledBuffer(StepLength);
        if (packed.IsEmpty)
            return unpacked;
        try
        {
            using var stream = compression.CreateDecompressionStream(PipeReader.Create(packed).AsStream());
            while (true)
            {
                var count = stream.Read(unpacked.GetSpan(StepLength));
                if (count == 0)
                    return unpacked;
                unpacked.Advance(count);
                if (unpacked.Written.Length > maxLength)
                    throw Frame.TooLarge();
            }
        }
        catch (Exception e)
        {
            unpacked.Dispose();
            if (e is InvalidDataException)
                throw new RpcException(new Status(StatusCode.Internal, "A compressed message can't be unpacked.", e));
            throw;
        }
    }
}
