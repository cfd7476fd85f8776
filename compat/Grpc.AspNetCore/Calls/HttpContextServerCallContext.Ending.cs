using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Calls;

internal sealed partial class HttpContextServerCallContext
{
    private Stack<object>? _owned;
    private Exception? _break;
    private Exception? _laterBreak;

    /// <summary>Disposes something at the end of the call.</summary>
    public void Own(object disposable) => (_owned ??= new()).Push(disposable);

    public Interceptor Resolve(InterceptorRegistration registration)
    {
        var interceptor = registration.Resolve(http.RequestServices, out var isOwned);
        if (isOwned && interceptor is IDisposable or IAsyncDisposable)
            Own(interceptor);
        return interceptor;
    }

    /// <summary>
    /// Remembers what the service is told because its caller broke off, since that is no fault of the service; the request's token
    /// may tell only later. Its reader and its writer may both find out, each on its own; either may be what the service throws.
    /// </summary>
    public Exception BreakOff(Exception exception)
    {
        if (Interlocked.CompareExchange(ref _break, exception, null) is not null)
            _laterBreak = exception;
        return exception;
    }

    /// <summary>Turns what the service threw into the call's status.</summary>
    public void Fail(Exception exception)
    {
        switch (exception)
        {
            case RpcException rpc:
                foreach (var trailer in rpc.Trailers)
                    ResponseTrailersCore.Add(trailer);
                StatusCore = rpc.Status;
                break;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                StatusCore = new(StatusCode.ResourceExhausted, "The request is larger than the server takes.");
                break;
            case BadHttpRequestException:
                StatusCore = new(StatusCode.Internal, "The request broke off.");
                break;
            case ConnectionResetException or ConnectionAbortedException:
            case { } when exception == _break || exception == _laterBreak:
            case { } when _deadlinePassed || http.RequestAborted.IsCancellationRequested:
                StatusCore = new(StatusCode.Cancelled, "Call canceled by the client.");
                break;
            case { }:
                Log.HandlerFailed(settings.Log, method.FullName, exception);
                StatusCore = new(StatusCode.Unknown, settings.DetailedErrors
                    ? $"Exception was thrown by handler. {exception.GetType().Name}: {exception.Message}"
                    : "Exception was thrown by handler.");
                break;
        }
    }

    public async Task EndAsync()
    {
        var answers = false;
        lock (_gate)
        {
            answers = !HasEnded;
            HasEnded = true;
        }
        if (_timer is not null)
            await EndDeadlineAsync();
        // What a service says after the deadline is not what its caller was told, but for a response that was begun before it.
        if (_deadlinePassed && !_isAnswered)
            StatusCore = DeadlineExceeded;
        if (answers)
            StatusCore = WriteTrailers(StatusCore, _responseTrailers);
        EndTelemetry(StatusCore.StatusCode);
        if (_owned is not null)
            await DisposeOwnedAsync(_owned);
    }

    private void EndTelemetry(StatusCode status)
    {
        ServerTelemetry.EndActivity(_activity, status);
        ServerTelemetry.Calls.End(_begun, method.ServiceName, method.Name, status);
    }

    /// <summary>Trailers follow the messages; where there is no message, all of it goes into the headers.</summary>
    private Status WriteTrailers(Status status, Metadata? custom)
    {
        if (_frames.IsBroken)
        {
            http.Abort();
            return status;
        }
        var response = http.Response;
        var trailers = response.Headers;
        if (response.HasStarted || _hasWritten)
        {
            if (http.Features.Get<IHttpResponseTrailersFeature>() is not { } feature)
                return status;
            trailers = feature.Trailers;
        }
        if (custom is not null)
            foreach (var entry in custom)
                AppendTrailer(trailers, entry, ref status);
        CallGate.WriteStatus(trailers, status);
        return status;
    }

    /// <summary>A trailer that HTTP can't carry costs the call its status, since the caller would miss it unseen.</summary>
    private static void AppendTrailer(IHeaderDictionary trailers, Metadata.Entry entry, ref Status status)
    {
        if (entry.IsBinary || !entry.Value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            AppendHeader(trailers, entry);
        else
            status = new(StatusCode.Internal, $"Response trailer '{entry.Key}' holds other than printable ASCII.");
    }

    private static void AppendHeader(IHeaderDictionary headers, Metadata.Entry entry)
    {
        if (ProtocolNames.IsReserved(entry.Key))
            return;
        // Not Append, which leaves out empty values.
        var value = entry.IsBinary ? BinaryHeader.Encode(entry.Bytes) : entry.Value;
        headers[entry.Key] = headers.TryGetValue(entry.Key, out var others) ? StringValues.Concat(others, value) : value;
    }

    private static async Task DisposeOwnedAsync(Stack<object> owned)
    {
        while (owned.TryPop(out var each))
        {
            if (each is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                ((IDisposable)each).Dispose();
        }
    }
}
