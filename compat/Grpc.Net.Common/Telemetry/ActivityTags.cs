namespace Grpc.Net.Telemetry;

/// <summary>The tags that gRPC puts on activities.</summary>
internal static class ActivityTags
{
    /// <summary>The path that was called, such as "/package.Service/Method".</summary>
    public const string Method = "grpc.method";

    /// <summary>The status code as a decimal number.</summary>
    public const string StatusCode = "grpc.status_code";
}
