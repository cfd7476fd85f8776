using System.Threading.Channels;
using Exporter.Delivery.Blocks;
using Exporter.Ingest.Intake;
using Exporter.Ingest.V1;
using Exporter.Ingest.Wire;
using Grpc.Core;

namespace Exporter.Ingest.Calls;

/// <summary>
/// One StreamReports call: several messages are on their way to the disk at a time, answers go out in order, and once a
/// message is refused nothing after it is stored (rule B1).
/// </summary>
internal sealed class ReportStream(MessageIntake intake, Caller caller, IServerStreamWriter<StreamReportsResponse> answers)
{
    private readonly CommitLane lane = new();
    private readonly StreamWindow window = new(() => intake.IsCrowded);
    private readonly Channel<TakenMessage> taken = Channel.CreateUnbounded<TakenMessage>(new() { SingleReader = true, SingleWriter = true });

    public async Task RunAsync(IAsyncStreamReader<WireMessage> messages, CancellationToken cancel, CancellationToken stopping)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping);
        var answering = AnswerAsync(reading);
        try
        {
            await TakeAsync(messages, reading.Token);
        }
        catch (Exception e) when (IsEndOfReading(e, reading))
        {
            // What was taken is still answered below; a refusal there says why the stream ends.
        }
        finally
        {
            taken.Writer.Complete();
            await answering;
        }

        if (stopping.IsCancellationRequested && !cancel.IsCancellationRequested)
            throw new RpcException(new(StatusCode.Unavailable, "This instance is stopping. Open a new stream and go on after the last answer."));
    }

    private async Task TakeAsync(IAsyncStreamReader<WireMessage> messages, CancellationToken cancel)
    {
        while (await messages.MoveNext(cancel))
        {
            using var message = messages.Current;
            await window.EnterAsync(message.Length, cancel);
            var next = await intake.TakeAsync(Door.GrpcStream, WireLayout.Stream, caller, message, lane);
            taken.Writer.TryWrite(next);
            if (next.IsRefusedAtOnce)
                return;
        }
    }

    private async Task AnswerAsync(CancellationTokenSource reading)
    {
        try
        {
            await foreach (var message in taken.Reader.ReadAllAsync())
            {
                var result = await message.Result;
                window.Leave(message.Length);
                if (result.IsRefused(out var refusal, out var answer))
                    throw GrpcRefusals.Of(refusal);
                await answers.WriteAsync(new() { SequenceNumber = message.SequenceNumber, Result = answer });
            }
        }
        catch (Exception e) when (IsEndOfReading(e, reading))
        {
            // The client is gone; what it sent is stored all the same.
        }
        finally
        {
            await reading.CancelAsync();
        }
    }

    // A client that goes away shows as either, whichever comes first.
    private static bool IsEndOfReading(Exception e, CancellationTokenSource reading) =>
        e is IOException || (e is OperationCanceledException && reading.IsCancellationRequested);
}
