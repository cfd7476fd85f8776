using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>A call under way, with its messages: sends the request, checks the response, reads from it.</summary>
internal sealed class GrpcCall<TRequest, TResponse>(
    GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options) : GrpcCall(channel, method, options)
    where TRequest : class
    where TResponse : class
{
    private const int SmallBuffer = 4 * 1024;
    private const int StreamBuffer = 64 * 1024;

    private Task<HttpResponseMessage> _response = null!;
    private HttpResponseMessage? _http;
    private FrameContent? _request;
    private StreamingContent? _requests;
    private FrameReader<TResponse>? _frames;

    public void StartWith(TRequest request)
    {
        var buffer = new PooledBuffer(0);
        try
        {
            var frames = NewFrameWriter();
            var compress = RequestStreamWriter.Compresses(Options.WriteOptions);
            frames.Write(buffer, request, method.RequestMarshaller.ContextualSerializer, compress);
            _request = new(buffer);
            _response = SendAsync(_request);
        }
        catch (Exception e)
        {
            buffer.Dispose();
            _response = Task.FromException<HttpResponseMessage>(Fail(e, "Error starting gRPC call."));
        }
    }

    public IClientStreamWriter<TRequest> StartStream()
    {
        _requests = new();
        _response = SendAsync(_requests);
        ExpectNoReader();
        return new RequestStreamWriter<TRequest, TResponse>(
            this, _requests, NewFrameWriter(), method.RequestMarshaller.ContextualSerializer);
    }

    /// <summary>The response of a call that has one.</summary>
    public async Task<TResponse> ReadOnlyResponseAsync()
    {
        try
        {
            var http = await _response;
            _frames = await FramesAsync(http, SmallBuffer);
            var message = await _frames.ReadOnlyAsync(Token);
            Finish(http);
            return message ?? throw new RpcException(new Status(StatusCode.Internal, "Failed to deserialize response message."));
        }
        catch (Exception e)
        {
            throw Fail(e, "Error reading the response.");
        }
        finally
        {
            _frames?.Complete();
        }
    }

    /// <summary>The next response of a call that has many, or null after the last.</summary>
    public async ValueTask<TResponse?> ReadNextResponseAsync()
    {
        try
        {
            var http = await _response;
            var frames = _frames ??= await FramesAsync(http, StreamBuffer);
            if (await frames.ReadAsync(Token) is { } message)
                return message;
            Finish(http);
            frames.Complete();
            return null;
        }
        catch (Exception e)
        {
            _frames?.Complete();
            throw Fail(e, "Error reading next message.");
        }
    }

    /// <summary>What a writer sees when the server takes no more. The response, begun or on its way, tells how the call ended.</summary>
    public Exception FailWriting(Exception exception)
    {
        const string Doing = "Error writing message.";
        return Token.IsCancellationRequested || _response.IsFaulted
            ? Fail(exception, Doing)
            : new RpcException(ExceptionStatus.Of(exception, Doing));
    }

    /// <summary>Ends the call also when nobody reads from it; a failure that nobody asks for is nobody's.</summary>
    public void ExpectNoReader()
    {
        EndWhenGivenUp();
        _response.ContinueWith(
            static failed => _ = failed.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    public override async Task<Metadata> GetHeadersAsync() => ResponseStatus.ToMetadata((await _response).Headers);

    protected override void Release()
    {
        _requests?.Abandon();
        Volatile.Read(ref _http)?.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        BeginActivity();
        try
        {
            Token.ThrowIfCancellationRequested();
            var request = await RequestMessages.BuildAsync(this, host, content);
            var http = await Channel.SendAsync(request, Token);
            Interlocked.Exchange(ref _http, http);
            Token.ThrowIfCancellationRequested();
            _request?.Free();
            if (ResponseStatus.WithoutMessages(http) is not { } early || early.StatusCode == StatusCode.OK)
                return http;
            throw new RpcException(early, ResponseStatus.ToMetadata(http.Headers));
        }
        catch (Exception e)
        {
            var failure = Fail(e, "Error starting gRPC call.");
            Release();
            throw failure;
        }
    }

    private async ValueTask<FrameReader<TResponse>> FramesAsync(HttpResponseMessage http, int bufferSize)
    {
        var stream = await http.Content.ReadAsStreamAsync(Token);
        var pipe = PipeReader.Create(stream, new(bufferSize: bufferSize, leaveOpen: true));
        return new(pipe, method.ResponseMarshaller.ContextualDeserializer, Channel.Options.MaxReceiveMessageSize)
        {
            Compression = RequestMessages.CompressionOf(http, Channel),
            Counters = ClientTelemetry.Calls.Counters,
        };
    }

    private void Finish(HttpResponseMessage http)
    {
        var trailers = ResponseStatus.TrailersOf(http);
        var status = ResponseStatus.Of(trailers);
        var metadata = ResponseStatus.ToMetadata(trailers);
        if (status.StatusCode != StatusCode.OK)
            throw new RpcException(status, metadata);
        End(status, metadata);
    }

    private FrameWriter NewFrameWriter()
    {
        var frames = new FrameWriter(Channel.Options.MaxSendMessageSize ?? int.MaxValue);
        if (RequestMessages.RequestedCompression(this) is { } compression)
            frames.CompressWith(compression, null);
        return frames;
    }
}
