using System.Reflection;
using Grpc.Core;
using Grpc.Net.Framing;
using Grpc.Net.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Takes the HTTP requests of one method with its message types; how it is answered depends on the kind of call.</summary>
internal abstract class ServerCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method, CallSettings settings, MethodInfo implementation)
    : ServerCallHandler(method, implementation.GetCustomAttributes(inherit: true))
    where TRequest : class
    where TResponse : class
{
    private readonly Func<DeserializationContext, TRequest> _deserializer = method.RequestMarshaller.ContextualDeserializer;
    private readonly Action<TResponse, SerializationContext> _serializer = method.ResponseMarshaller.ContextualSerializer;

    public override Task HandleAsync(HttpContext http) => CallGate.Admits(http) ? AnswerAsync(http) : Task.CompletedTask;

    /// <summary>Reads, asks the service, writes.</summary>
    protected abstract Task AnswerAsync(HttpContextServerCallContext call);

    protected FrameReader<TRequest> Requests(HttpContextServerCallContext call) =>
        new(call.HttpContext.Request.BodyReader, _deserializer, settings.MaxReceiveLength)
        {
            Compression = call.RequestCompression,
            Counters = ServerTelemetry.Calls.Counters,
        };

    protected ResponseStreamWriter<TResponse> Responses(HttpContextServerCallContext call) => new(call, _serializer);

    protected async ValueTask<TRequest> ReadOnlyRequestAsync(HttpContextServerCallContext call)
    {
        try
        {
            return await Requests(call).ReadOnlyAsync(call.WaitToken)
                ?? throw new RpcException(new Status(StatusCode.Internal, "Incomplete message."));
        }
        catch (IOException e)
        {
            call.BreakOff(e);
            throw;
        }
    }

    protected void WriteOnlyResponse(HttpContextServerCallContext call, TResponse? response)
    {
        if (response is null)
            throw new RpcException(new Status(StatusCode.Cancelled, "No message returned from method."));
        call.Write(response, _serializer);
    }

    /// <summary>Streams live as long as they like and carry as much as they like.</summary>
    protected static void LiftLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var call = new HttpContextServerCallContext(http, Method, settings);
        try
        {
            call.Begin();
            await AnswerAsync(call);
        }
        catch (Exception e)
        {
            call.Fail(e);
        }
        await call.EndAsync();
    }
}
