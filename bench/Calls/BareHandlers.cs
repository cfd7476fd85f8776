using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Exporter.Bench.V1;
using Google.Protobuf;

namespace Exporter.Bench.Calls;

/// <summary>The same service by hand on Kestrel: frames, messages and trailers, and nothing that a gRPC server does beside.</summary>
internal static class BareHandlers
{
    private const int Prefix = 5;

    public static async Task CheckAsync(HttpContext http)
    {
        var input = http.Request.BodyReader;
        var result = await input.ReadAsync();
        while (!result.IsCompleted)
        {
            input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await input.ReadAsync();
        }

        var reading = Reading.Parser.ParseFrom(result.Buffer.Slice(Prefix));
        input.AdvanceTo(result.Buffer.End);
        http.Response.ContentType = "application/grpc";
        if (Readings.Judge(reading) is { } verdict)
            Write(verdict, http.Response.BodyWriter);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    public static async Task EchoAsync(HttpContext http)
    {
        var (input, output) = (http.Request.BodyReader, http.Response.BodyWriter);
        http.Response.ContentType = "application/grpc";
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            while (TryTake(ref buffer) is { } chunk)
            {
                Write(chunk, output);
                await output.FlushAsync();
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                break;
        }

        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static Chunk? TryTake(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[Prefix];
        if (buffer.Length < Prefix)
            return null;
        buffer.Slice(0, Prefix).CopyTo(prefix);
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (buffer.Length < Prefix + length)
            return null;
        var chunk = Chunk.Parser.ParseFrom(buffer.Slice(Prefix, length));
        buffer = buffer.Slice(Prefix + length);
        return chunk;
    }

    private static void Write(IMessage message, PipeWriter output)
    {
        var size = message.CalculateSize();
        var prefix = output.GetSpan(Prefix);
        prefix[0] = 0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)size);
        output.Advance(Prefix);
        message.WriteTo(output);
    }
}
