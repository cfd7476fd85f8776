using System.Reflection;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Turns each method of a service into a handler that calls an instance made for the call.</summary>
internal sealed class ServiceBinder<TService>(CallSettings settings) : ServiceBinderBase
    where TService : class
{
    private readonly ServiceActivator<TService> _activator = new();
    private readonly List<ServerCallHandler> _handlers = [];

    public IReadOnlyList<ServerCallHandler> Handlers => _handlers;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method.Name, typeof(TRequest), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>();
        _handlers.Add(new UnaryCallHandler<TService, TRequest, TResponse>(method, settings, _activator, invoke, implementation));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method.Name, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>();
        _handlers.Add(new ClientStreamingCallHandler<TService, TRequest, TResponse>(method, settings, _activator, invoke, implementation));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(method.Name, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = implementation.CreateDelegate<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        _handlers.Add(new ServerStreamingCallHandler<TService, TRequest, TResponse>(method, settings, _activator, invoke, implementation));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var implementation = Find(
            method.Name, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = implementation
            .CreateDelegate<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>();
        _handlers.Add(new DuplexStreamingCallHandler<TService, TRequest, TResponse>(method, settings, _activator, invoke, implementation));
    }

    private static MethodInfo Find(string name, params Type[] parameters) =>
        typeof(TService).GetMethod(name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"{typeof(TService)} has no method '{name}' of the generated signature.");
}
