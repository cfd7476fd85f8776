using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Net.Protocol;
using Grpc.Net.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Grpc.AspNetCore.Server;

/// <summary>Answers gRPC calls that no service takes with UNIMPLEMENTED; other requests pass by.</summary>
internal static class UnknownRoutes
{
    private static readonly RouteValueDictionary OnlyCalls = new() { ["unimplementedMethod"] = new CallConstraint() };

    public static void AnswerUnknownService(IEndpointRouteBuilder routes) =>
        Map(routes, "{unimplementedService}", CallTelemetry.Other, "Service is unimplemented.");

    public static void AnswerUnknownMethod(IEndpointRouteBuilder routes, string service) =>
        Map(routes, service, service, "Method is unimplemented.");

    private static void Map(IEndpointRouteBuilder routes, string segment, string service, string detail) =>
        routes.Map(RoutePatternFactory.Parse($"{segment}/{{unimplementedMethod}}", null, OnlyCalls), http => AnswerAsync(http, service, detail))
            .WithDisplayName($"gRPC - {detail}");

    private static Task AnswerAsync(HttpContext http, string service, string detail)
    {
        if (!CallGate.Admits(http))
            return Task.CompletedTask;
        CallGate.AnswerAtOnce(http.Response, new Status(StatusCode.Unimplemented, detail));
        ServerTelemetry.EndActivity(http.Features.Get<IHttpActivityFeature>()?.Activity, StatusCode.Unimplemented);
        ServerTelemetry.Calls.RecordUnimplemented(service);
        return Task.CompletedTask;
    }

    /// <summary>Not as method metadata, which would turn the 404 of every other request into a 405.</summary>
    private sealed class CallConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            httpContext is not null
            && HttpMethods.IsPost(httpContext.Request.Method)
            && ProtocolNames.IsGrpc(httpContext.Request.ContentType);
    }
}
