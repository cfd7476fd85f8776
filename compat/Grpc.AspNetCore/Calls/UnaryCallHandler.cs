using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>One request, one response.</summary>
internal sealed class UnaryCallHandler<TService, TRequest, TResponse> : ServerCallHandler<TRequest, TResponse>
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly UnaryServerMethod<TRequest, TResponse> _answer;

    public UnaryCallHandler(
        Method<TRequest, TResponse> method,
        CallSettings settings,
        ServiceActivator<TService> activator,
        Func<TService, TRequest, ServerCallContext, Task<TResponse>> invoke,
        MethodInfo implementation)
        : base(method, settings, implementation)
    {
        _answer = (request, context) => invoke(activator.Activate(HttpContextServerCallContext.Of(context)), request, context);
        foreach (var registration in settings.Interceptors.Reverse())
        {
            var next = _answer;
            _answer = (request, context) =>
                HttpContextServerCallContext.Of(context).Resolve(registration).UnaryServerHandler(request, context, next);
        }
    }

    protected override async Task AnswerAsync(HttpContextServerCallContext call)
    {
        var request = await ReadOnlyRequestAsync(call);
        WriteOnlyResponse(call, await _answer(request, call));
    }
}
