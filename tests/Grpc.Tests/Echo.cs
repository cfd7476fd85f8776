using Exporter.Echo.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Exporter.Grpc;

/// <summary>Does what the text of a request says; by default gives it back.</summary>
internal sealed class Echo(EchoJournal journal) : EchoService.EchoServiceBase
{
    public override async Task<SayResponse> Say(SayRequest request, ServerCallContext context)
    {
        switch (request.Text)
        {
            case "fail":
                context.ResponseTrailers.Add("set-before", "yes");
                throw new RpcException(new Status(StatusCode.FailedPrecondition, "ünüsual 100%\n"), new Metadata
                {
                    { "grpc-status-details-bin", [1, 2, 3] },
                    { "cause", "test" },
                });
            case "throw":
                throw new InvalidOperationException("a secret");
            case "status":
                context.Status = new(StatusCode.DataLoss, "by status");
                break;
            case "null":
                return null!;
            case "metadata":
                await MirrorMetadataAsync(context);
                break;
            case "wait":
                await WaitForCancellationAsync(context);
                break;
            case "until released":
                journal.Say("waiting");
                await journal.Released;
                break;
            case "sleep":
                journal.Say("sleeping");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.GetHttpContext().RequestAborted);
                break;
            case "busy":
                SetTrailersUntilCancelled(context);
                break;
            case "deadline":
                return new() { Text = context.Deadline.ToString("O") };
            case "large":
                return new() { Payload = ByteString.CopyFrom(new byte[request.Count]) };
        }
        return new() { Text = request.Text, Payload = request.Payload, Count = request.Count };
    }

    public override async Task<SayResponse> Collect(IAsyncStreamReader<SayRequest> requestStream, ServerCallContext context)
    {
        var count = 0;
        var length = 0;
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            count++;
            length += request.Payload.Length;
            if (request.Text == "enough")
                break;
        }
        return new() { Text = $"{length}", Count = count };
    }

    public override async Task Repeat(SayRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        var response = new SayResponse { Text = request.Text, Payload = request.Payload };
        try
        {
            for (var i = 0; i < request.Count; i++)
            {
                response.Count = i;
                await responseStream.WriteAsync(response);
                journal.CountWrite();
            }
        }
        catch (Exception e)
        {
            journal.Say(e.GetType().Name);
            throw;
        }
        if (request.Text == "then wait")
            await WaitForCancellationAsync(context);
        if (request.Text == "then fail")
            throw new RpcException(new Status(StatusCode.Aborted, "after messages"));
    }

    public override async Task Chat(
        IAsyncStreamReader<SayRequest> requestStream, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        try
        {
            while (await requestStream.MoveNext(CancellationToken.None))
            {
                var request = requestStream.Current;
                switch (request.Text)
                {
                    case "stop reading":
                        await WaitForCancellationAsync(context);
                        break;
                    case "bye":
                        return;
                }
                await responseStream.WriteAsync(new() { Text = request.Text, Payload = request.Payload, Count = request.Count });
            }
            journal.Say("half-closed");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            journal.Say("broken");
            throw;
        }
    }

    private async Task WaitForCancellationAsync(ServerCallContext context)
    {
        journal.Say("waiting");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
        }
        finally
        {
            journal.Say("cancelled");
        }
    }

    private static void SetTrailersUntilCancelled(ServerCallContext context)
    {
        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.ResponseTrailers.Add("busy", "yes");
            context.ResponseTrailers.RemoveAt(context.ResponseTrailers.Count - 1);
        }
        context.Status = new(StatusCode.DataLoss, "too late");
    }

    private static async Task MirrorMetadataAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (entry.Key.StartsWith("mirror-", StringComparison.Ordinal))
            {
                headers.Add(entry);
                context.ResponseTrailers.Add(entry);
            }
        }
        await context.WriteResponseHeadersAsync(headers);
    }
}
