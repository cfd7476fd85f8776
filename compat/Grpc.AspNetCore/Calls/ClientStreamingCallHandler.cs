using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Many requests, one response.</summary>
internal sealed class ClientStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ClientStreamingServerMethod<TRequest, TResponse> _answer;

    public ClientStreamingCallHandler(
        Method<TRequest, TResponse> method,
        CallSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>> invoke,
        MethodInfo implementation)
        : base(method, settings, implementation)
    {
        _answer = (requests, context) => invoke(activator.Activate(HttpContextServerCallContext.Of(context)), requests, context);
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var next = _answer;
            _answer = (requests, context) =>
                HttpContextServerCallContext.Of(context).Resolve(registration).ClientStreamingServerHandler(requests, context, next);
        }
    }

    protected override async Task AnswerAsync(HttpContextServerCallContext call)
    {
        LiftLimits(call.HttpContext);
        WriteOnlyResponse(call, await _answer(new RequestStreamReader<TRequest>(call, Requests(call)), call));
    }
}
