using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Finds the methods of a service by its generated base class and maps each to an endpoint.</summary>
internal sealed class ServiceRoutes<TService>(
    IOptions<GrpcServiceOptions> global,
    IOptions<GrpcServiceOptions<TService>> own,
    GrpcMarker marker,
    ILoggerFactory loggers)
    where TService : class
{
    public IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder routes)
    {
        var settings = CallSettings.Of(global.Value, own.Value, loggers);
        var binder = new ServiceBinder<TService>(settings);
        Bind(binder);

        var endpoints = new List<IEndpointConventionBuilder>();
        foreach (var handler in binder.Handlers)
            endpoints.Add(Map(routes, handler));
        if (global.Value.IgnoreUnknownServices != true)
            AnswerUnknown(routes, binder.Handlers.Select(handler => handler.Method.ServiceName).Distinct());
        return endpoints;
    }

    private static void Bind(ServiceBinderBase binder)
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is not { } attribute)
                continue;
            var bind = attribute.BindType.GetMethod(
                attribute.BindMethodName,
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static,
                [typeof(ServiceBinderBase), type]);
            if (bind is null)
                break;
            bind.Invoke(null, [binder, null]);
            return;
        }
        throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated gRPC service.");
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, ServerCallHandler handler)
    {
        var endpoint = routes.MapMethods(handler.Method.FullName, [HttpMethods.Post], (RequestDelegate)handler.HandleAsync);
        endpoint.WithDisplayName($"gRPC - {handler.Method.FullName}");
        endpoint.WithMetadata(new GrpcMethodMetadata(typeof(TService), handler.Method));
        endpoint.WithMetadata([.. typeof(TService).GetCustomAttributes(inherit: true), .. handler.Attributes]);
        return endpoint;
    }

    private void AnswerUnknown(IEndpointRouteBuilder routes, IEnumerable<string> services)
    {
        foreach (var service in services)
            UnknownRoutes.AnswerUnknownMethod(routes, service);
        if (marker.AnswersUnknownServices)
            return;
        marker.AnswersUnknownServices = true;
        UnknownRoutes.AnswerUnknownService(routes);
    }
}
