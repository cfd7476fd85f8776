using System.Collections.Concurrent;
using Exporter.Cli.Calls;
using Exporter.Ingest.V1;
using Exporter.Reports.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace Exporter.Cli.Sampling;

internal sealed class StreamSink : ISampleSink
{
    private const int MostUnanswered = 16;

    private readonly SemaphoreSlim _room = new(MostUnanswered);
    private readonly ConcurrentQueue<(int Count, Action<int, SubmitReportsResponse> Answered)> _unanswered = new();
    private readonly string _address;
    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<StreamReportsRequest, StreamReportsResponse> _call;
    private readonly Task _answers;
    private long _sequence;

    public StreamSink(string address, string? key, CancellationToken cancel)
    {
        _address = address;
        _channel = Channels.Open(address, "--to");
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var metadata = new Metadata();
        if (key is not null)
            metadata.Add("x-api-key", key);
        _call = new IngestService.IngestServiceClient(_channel).StreamReports(metadata, cancellationToken: _stop.Token);
        _answers = ReadAnswersAsync();
    }

    public async Task SendAsync(IReadOnlyList<Report> reports, Action<int, SubmitReportsResponse> answered, CancellationToken cancel)
    {
        var room = _room.WaitAsync(cancel);
        if (await Task.WhenAny(room, _answers) == _answers)
            await EndAsync(cancel);
        await room;

        _unanswered.Enqueue((reports.Count, answered));
        try
        {
            await _call.RequestStream.WriteAsync(new StreamReportsRequest { SequenceNumber = ++_sequence, Reports = { reports } }, cancel);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException && !cancel.IsCancellationRequested)
        {
            // The answers tell why the stream ended.
            await EndAsync(cancel);
            throw;
        }
    }

    public async Task FinishAsync(CancellationToken cancel)
    {
        if (!_answers.IsCompleted)
            await _call.RequestStream.CompleteAsync();
        await EndAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answers.ContinueWith(_ => { }, TaskScheduler.Default);
        _call.Dispose();
        _channel.Dispose();
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task EndAsync(CancellationToken cancel)
    {
        try
        {
            await _answers;
        }
        catch (RpcException e) when (!cancel.IsCancellationRequested)
        {
            throw Channels.FaultOf(e, _address, "--to");
        }

        if (!_unanswered.IsEmpty)
            throw new CommandFault($"{_address} ended the stream with {_unanswered.Count} message(s) unanswered. Send them again.");
    }

    private async Task ReadAnswersAsync()
    {
        while (await _call.ResponseStream.MoveNext(_stop.Token))
        {
            if (!_unanswered.TryDequeue(out var message))
                throw new CommandFault($"{_address} answered a message that was not sent. Is it Ingest's gRPC port?");

            message.Answered(message.Count, _call.ResponseStream.Current.Result);
            _room.Release();
        }
    }
}
