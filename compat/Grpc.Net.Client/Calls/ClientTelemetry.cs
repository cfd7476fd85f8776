using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Protocol;
using Grpc.Net.Telemetry;

namespace Grpc.Net.Client.Calls;

/// <summary>How calls are measured and traced here.</summary>
internal static class ClientTelemetry
{
    private const string Name = "Grpc.Net.Client";

    public static readonly CallTelemetry Calls = new(Name, "rpc.client.duration", "Measures the duration of outbound RPC.");

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins a call's activity, the current one from here on, or gives null where nobody wants it.</summary>
    public static Activity? BeginActivity(IMethod method)
    {
        var activity = Source.StartActivity("Grpc.Net.Client.GrpcOut", ActivityKind.Client);
        activity?.AddTag(ActivityTags.Method, method.FullName);
        return activity;
    }

    /// <summary>Ends a call's activity wherever that is noticed, and leaves that place its own.</summary>
    public static void EndActivity(Activity? activity, StatusCode status)
    {
        if (activity is null)
            return;
        activity.AddTag(ActivityTags.StatusCode, StatusText.Of(status));
        var current = Activity.Current;
        activity.Stop();
        if (current != activity)
            Activity.Current = current;
    }
}
