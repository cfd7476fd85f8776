using System.Diagnostics;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Bench.Load;

/// <summary>Sends stream messages over connections of their own for as long as is asked, and counts the durable answers.</summary>
internal sealed class StreamLoad(string address, IReadOnlyList<string> keys, IReadOnlyList<Report> reports, int reportsPerMessage)
{
    private readonly StreamMessage[][] messagesByStream =
        [.. reports.Chunk(reportsPerMessage).Select((chunk, i) => (Message: new StreamMessage(chunk), Stream: i % keys.Count))
            .GroupBy(message => message.Stream, message => message.Message).Select(group => group.ToArray())];

    private long sent;
    private long answered;

    /// <summary>Reports handed to the network.</summary>
    public long Sent => Interlocked.Read(ref sent);

    /// <summary>Reports whose durable answer has come.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <param name="more">Asked before each message with the reports sent so far; completes when the next may go, with false to end.</param>
    public async Task<TimeSpan> RunAsync(Func<long, ValueTask<bool>> more)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(messagesByStream.Select((messages, i) => Task.Run(() => SendAsync(keys[i], messages, more))));
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task SendAsync(string key, StreamMessage[] messages, Func<long, ValueTask<bool>> more)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var metadata = new Metadata { { "x-api-key", key } };
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(StreamMessage.Method, null, new CallOptions(metadata));
        var answers = ReadAsync(call);
        for (var i = 0; await more(Sent) && !answers.IsCompleted; i++)
        {
            var message = messages[i % messages.Length];
            message.Stamp(i + 1, i / messages.Length);
            await call.RequestStream.WriteAsync(message);
            Interlocked.Add(ref sent, message.Reports);
        }

        await call.RequestStream.CompleteAsync();
        await answers;
    }

    private async Task ReadAsync(AsyncDuplexStreamingCall<StreamMessage, StreamReportsResponse> call)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            var result = call.ResponseStream.Current.Result;
            if (result.Dropped.Count + result.RejectedReports.Count > 0)
                throw new InvalidOperationException("A report was not accepted, so the run does not measure what it says.");
            Interlocked.Add(ref answered, result.AcceptedCount);
        }
    }
}
