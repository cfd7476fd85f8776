using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Many requests, many responses.</summary>
internal sealed class DuplexStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly DuplexStreamingServerMethod<TRequest, TResponse> _answer;

    public DuplexStreamingCallHandler(
        Method<TRequest, TResponse> method,
        CallSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke,
        MethodInfo implementation)
        : base(method, settings, implementation)
    {
        _answer = (requests, responses, context) =>
            invoke(activator.Activate(HttpContextServerCallContext.Of(context)), requests, responses, context);
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var next = _answer;
            _answer = (requests, responses, context) =>
                HttpContextServerCallContext.Of(context).Resolve(registration)
                    .DuplexStreamingServerHandler(requests, responses, context, next);
        }
    }

    protected override Task AnswerAsync(HttpContextServerCallContext call)
    {
        LiftLimits(call.HttpContext);
        return _answer(new RequestStreamReader<TRequest>(call, Requests(call)), Responses(call), call);
    }
}
