using System.IO.Pipelines;
using System.Net;
using Exporter.Echo.V1;
using Exporter.RawHttp2;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Exporter.Grpc;

/// <summary>Callers that break off in the middle: the service that finds out is not to blame, and nobody is told that it is.</summary>
public sealed class BrokenOffTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Say", 1)]
    [InlineData("Say", -1)]
    [InlineData("Chat", 1)]
    [InlineData("Chat", -1)]
    public async Task A_content_length_that_lies_is_cut(string method, int lie)
    {
        await using var server = await EchoServer.StartAsync();
        var body = RawCall.Say("hello");
        await using var connection = await RawConnection.OpenAsync(
            new(IPAddress.Loopback, new Uri(server.Address).Port), RawConnection.LargeWindow, Cancel);

        for (var i = 0; i < 50; i++)
        {
            var id = connection.NextStreamId();
            await connection.SendAsync((byte[])[.. Headers(id, method, body.Length + lie), .. WireFrame.Data(id, body, ends: true).Encode()], Cancel);
            await connection.RecordOf(id).Ended.WaitAsync(Cancel);
            connection.RecordOf(id).ResetCode.ShouldNotBeNull();
        }

        server.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_breaks_before_its_token_tells_is_no_fault_of_the_service(bool asStream)
    {
        await using var server = await EchoServer.StartAsync(map: app => app.Use(next => http =>
        {
            http.Features.Set<IRequestBodyPipeFeature>(new BrokenBody());
            return next(http);
        }));

        using var call = server.Client.Chat(cancellationToken: Cancel);
        var failure = asStream
            ? await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel))
            : await Should.ThrowAsync<RpcException>(async () => await server.Client.SayAsync(new(), cancellationToken: Cancel));

        failure.StatusCode.ShouldBe(StatusCode.Cancelled);
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_is_gone_before_its_token_tells_is_no_fault_of_the_service()
    {
        await using var server = await EchoServer.StartAsync(map: app => app.Use(next => http =>
        {
            http.Features.Set<IHttpResponseBodyFeature>(new GoneCaller(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>()));
            return next(http);
        }));

        using var call = server.Client.Repeat(new SayRequest { Count = 1 }, cancellationToken: Cancel);
        await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));

        (await server.Journal.NextAsync()).ShouldBe(nameof(OperationCanceledException));
        await server.StopAsync();
        server.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_whose_going_shows_in_writing_and_then_in_reading_is_no_fault_of_the_service()
    {
        await using var server = await EchoServer.StartAsync(
            configure: options => options.Interceptors.Add<WritesThenReads>(),
            map: app => app.Use(next => http =>
            {
                http.Features.Set<IRequestBodyPipeFeature>(new BrokenBody());
                http.Features.Set<IHttpResponseBodyFeature>(new GoneCaller(http.Features.GetRequiredFeature<IHttpResponseBodyFeature>()));
                return next(http);
            }));

        using var call = server.Client.Chat(cancellationToken: Cancel);
        await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancel));

        await server.StopAsync();
        server.Errors.ShouldBeEmpty();
    }

    private static byte[] Headers(int streamId, string method, int length)
    {
        Field[] fields =
        [
            new(":method", "POST"), new(":scheme", "http"), new(":path", $"/exporter.echo.v1.EchoService/{method}"), new(":authority", "localhost"),
            new("te", "trailers"), new("content-type", "application/grpc"), new("content-length", $"{length}"),
        ];
        return WireFrame.Headers(streamId, HeaderWriter.Write(fields), ends: false).Encode();
    }

    private sealed class WritesThenReads : Interceptor
    {
        public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            try
            {
                await responseStream.WriteAsync(Activator.CreateInstance<TResponse>());
            }
            catch (OperationCanceledException)
            {
                await Should.ThrowAsync<IOException>(() => requestStream.MoveNext(CancellationToken.None));
                throw;
            }
        }
    }

    private sealed class BrokenBody : IRequestBodyPipeFeature
    {
        private readonly Pipe _pipe = new();

        public BrokenBody() => _pipe.Writer.Complete(new IOException("The stream was reset."));

        public PipeReader Reader => _pipe.Reader;
    }

    private sealed class GoneCaller : IHttpResponseBodyFeature
    {
        private readonly IHttpResponseBodyFeature _real;
        private readonly Pipe _pipe = new();

        public GoneCaller(IHttpResponseBodyFeature real)
        {
            _real = real;
            _pipe.Reader.Complete();
        }

        public Stream Stream => _real.Stream;

        public PipeWriter Writer => _pipe.Writer;

        public void DisableBuffering() => _real.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default) => _real.StartAsync(cancellationToken);

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            _real.SendFileAsync(path, offset, count, cancellationToken);

        public Task CompleteAsync() => _real.CompleteAsync();
    }
}
