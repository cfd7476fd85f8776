using System.Diagnostics;
using Exporter.Bench.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Bench.Calls;

/// <summary>Streams that send chunks of 64 kB without pause and compare what comes back.</summary>
internal sealed class EchoLoad : IDisposable
{
    public const int ChunkBytes = 65_536;
    private const int Distinct = 64;
    private static readonly Chunk[] Chunks = [.. Enumerable.Range(0, Distinct).Select(Make)];
    private readonly GrpcChannel[] channels;

    public EchoLoad(Uri address, int streams) => channels = [.. Enumerable.Range(0, streams).Select(_ => GrpcChannel.ForAddress(address))];

    /// <summary>Chunks that came back.</summary>
    public async Task<(long Chunks, TimeSpan Time)> RunAsync(TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(channels.Select(channel => Task.Run(() => EchoAsync(channel, begun, duration))));
        return (counts.Sum(), Stopwatch.GetElapsedTime(begun));
    }

    public void Dispose()
    {
        foreach (var channel in channels)
            channel.Dispose();
    }

    private static async Task<long> EchoAsync(GrpcChannel channel, long begun, TimeSpan duration)
    {
        using var call = new V1.CheckService.CheckServiceClient(channel).Echo();
        var sending = Task.Run(async () =>
        {
            for (var i = 0; Stopwatch.GetElapsedTime(begun) < duration; i = (i + 1) % Distinct)
                await call.RequestStream.WriteAsync(Chunks[i]);
            await call.RequestStream.CompleteAsync();
        });
        long received = 0;
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
        {
            if (!chunk.Payload.Span.SequenceEqual(Chunks[(int)(received++ % Distinct)].Payload.Span))
                throw new InvalidOperationException($"Chunk {received} came back as another ({chunk.Index}).");
        }

        await sending;
        return received;
    }

    private static Chunk Make(int index)
    {
        var payload = new byte[ChunkBytes];
        new Random(index).NextBytes(payload);
        return new() { Index = index, Payload = ByteString.CopyFrom(payload) };
    }
}
