using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Protocol;
using Grpc.Net.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>How calls are measured here; traces are ASP.NET Core's own, with two tags more.</summary>
internal static class ServerTelemetry
{
    public static readonly CallTelemetry Calls =
        new("Grpc.AspNetCore.Server", "rpc.server.duration", "Measures the duration of inbound RPC.");

    public static Activity? BeginActivity(HttpContext http, string method)
    {
        var activity = http.Features.Get<IHttpActivityFeature>()?.Activity;
        activity?.AddTag(ActivityTags.Method, method);
        return activity;
    }

    public static void EndActivity(Activity? activity, StatusCode status) => activity?.AddTag(ActivityTags.StatusCode, StatusText.Of(status));
}
