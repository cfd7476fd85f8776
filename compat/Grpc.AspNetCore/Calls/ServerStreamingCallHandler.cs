using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>One request, many responses.</summary>
internal sealed class ServerStreamingCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly ServerStreamingServerMethod<TRequest, TResponse> _answer;

    public ServerStreamingCallHandler(
        Method<TRequest, TResponse> method,
        CallSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task> invoke,
        MethodInfo implementation)
        : base(method, settings, implementation)
    {
        _answer = (request, responses, context) =>
            invoke(activator.Activate(HttpContextServerCallContext.Of(context)), request, responses, context);
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var next = _answer;
            _answer = (request, responses, context) =>
                HttpContextServerCallContext.Of(context).Resolve(registration)
                    .ServerStreamingServerHandler(request, responses, context, next);
        }
    }

    protected override async Task AnswerAsync(HttpContextServerCallContext call)
    {
        var request = await ReadOnlyRequestAsync(call);
        await _answer(request, Responses(call), call);
    }
}
