using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Compression;
using Grpc.Net.Framing;
using Grpc.Net.Protocol;
using Grpc.Net.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>A call on an HTTP/2 request: how it begins, how messages are written, how it ends.</summary>
internal sealed partial class HttpContextServerCallContext(HttpContext http, IMethod method, CallSettings settings) : ServerCallContext
{
    private readonly FrameWriter _frames = new(settings.MaxSendLength);
    private readonly Lock _gate = new();
    private Activity? _activity;
    private CallMeasurement _begun;
    private bool _isWriting;
    private bool _hasWritten;
    private bool _isAnswered;

    public HttpContext HttpContext => http;

    /// <summary>What unpacks requests; null where the caller named no encoding.</summary>
    public ICompressionProvider? RequestCompression { get; private set; }

    public bool HasEnded { get; private set; }

    public void Begin()
    {
        _begun = ServerTelemetry.Calls.Begin();
        _activity = ServerTelemetry.BeginActivity(http, method.FullName);
        http.Response.ContentType = ProtocolNames.ContentType;
        var headers = http.Request.Headers;
        if (headers.GrpcEncoding.Count > 0)
            ChooseRequestCompression(headers.GrpcEncoding.ToString());
        if (settings.ResponseEncoding is not null)
            ChooseResponseCompression(settings.ResponseEncoding);
        // Last, since it may pass at once, and is answered on another thread.
        if (headers.GrpcTimeout.Count == 1 && TimeoutHeader.TryParse(headers.GrpcTimeout.ToString(), out var timeout))
            BeginDeadline(timeout);
    }

    /// <summary>Writes the only response, which goes out together with the trailers.</summary>
    public void Write<T>(T message, Action<T, SerializationContext> serializer)
    {
        BeginWrite();
        WriteFrame(message, serializer);
        EndWrite(isAnswered: true);
    }

    /// <summary>Writes one response of many, and waits until there is room for the next.</summary>
    public async Task WriteAsync<T>(T message, Action<T, SerializationContext> serializer, CancellationToken cancel)
    {
        BeginWrite();
        try
        {
            WriteFrame(message, serializer);
            if (WriteOptionsCore is { } options && options.Flags.HasFlag(WriteFlags.BufferHint))
                return;
            var flushed = await http.Response.BodyWriter.FlushAsync(cancel);
            if (flushed.IsCompleted)
                throw BreakOff(new OperationCanceledException("The caller has gone.", http.RequestAborted));
        }
        finally
        {
            EndWrite();
        }
    }

    private void WriteFrame<T>(T message, Action<T, SerializationContext> serializer)
    {
        var compress = WriteOptionsCore is not { } options || !options.Flags.HasFlag(WriteFlags.NoCompress);
        _frames.Write(http.Response.BodyWriter, message, serializer, compress);
        _hasWritten = true;
        ServerTelemetry.Calls.Counters.CountSent();
    }

    private void BeginWrite()
    {
        lock (_gate)
        {
            if (_deadlinePassed)
                throw new OperationCanceledException("The deadline has passed.", CancellationTokenCore);
            if (HasEnded)
                throw new InvalidOperationException("Can't write the message because the request is complete.");
            if (_isWriting)
                throw new InvalidOperationException("Can't write the message because the previous write is in progress.");
            _isWriting = true;
        }
    }

    private void EndWrite(bool isAnswered = false)
    {
        lock (_gate)
        {
            _isWriting = false;
            _isAnswered = isAnswered;
        }
    }

    private void ChooseRequestCompression(string encoding)
    {
        if (encoding == ProtocolNames.Identity)
            return;
        RequestCompression = settings.FindCompression(encoding);
        if (RequestCompression is not null)
            return;
        http.Response.Headers.GrpcAcceptEncoding = settings.AcceptEncoding;
        throw new RpcException(new Status(
            StatusCode.Unimplemented, $"Unsupported grpc-encoding value '{encoding}'. Supported encodings: {settings.AcceptEncoding}"));
    }

    private void ChooseResponseCompression(string encoding)
    {
        if (settings.FindCompression(encoding) is not { } compression || !CallerTakes(encoding))
            return;
        http.Response.Headers.GrpcEncoding = compression.EncodingName;
        _frames.CompressWith(compression, settings.ResponseLevel);
    }

    private bool CallerTakes(string encoding)
    {
        var accepted = http.Request.Headers.GrpcAcceptEncoding.ToString().AsSpan();
        foreach (var part in accepted.Split(','))
            if (accepted[part].Trim().Equals(encoding, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
