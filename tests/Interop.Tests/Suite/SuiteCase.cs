using Exporter.Interop.Client;

namespace Exporter.Interop.Suite;

/// <summary>A case of the suite, by its name there, and how our client runs it; the suite has no cases of health and reflection, those are ours.</summary>
internal sealed record SuiteCase(string Name, Func<Target, Task> Run)
{
    public static IReadOnlyList<SuiteCase> All { get; } =
    [
        new("empty_unary", UnaryCases.EmptyUnary),
        new("large_unary", UnaryCases.LargeUnary),
        new("client_streaming", StreamingCases.ClientStreaming),
        new("server_streaming", StreamingCases.ServerStreaming),
        new("ping_pong", StreamingCases.PingPong),
        new("empty_stream", StreamingCases.EmptyStream),
        new("cancel_after_begin", GivenUpCases.CancelAfterBegin),
        new("cancel_after_first_response", GivenUpCases.CancelAfterFirstResponse),
        new("timeout_on_sleeping_server", GivenUpCases.TimeoutOnSleepingServer),
        new("status_code_and_message", StatusCases.StatusCodeAndMessage),
        new("special_status_message", StatusCases.SpecialStatusMessage),
        new("unimplemented_method", StatusCases.UnimplementedMethod),
        new("unimplemented_service", StatusCases.UnimplementedService),
        new("custom_metadata", MetadataCases.CustomMetadata),
        new("client_compressed_unary", CompressionCases.ClientCompressedUnary),
        new("server_compressed_unary", CompressionCases.ServerCompressedUnary),
        new("client_compressed_streaming", CompressionCases.ClientCompressedStreaming),
        new("server_compressed_streaming", CompressionCases.ServerCompressedStreaming),
        new("health_check", HealthCases.HealthCheck),
        new("health_watch", HealthCases.HealthWatch),
        new("reflection_v1", ReflectionCases.ReflectionV1),
        new("reflection_v1alpha", ReflectionCases.ReflectionV1Alpha),
    ];

    public bool IsClientCompressed => Name.StartsWith("client_compressed_", StringComparison.Ordinal);

    public bool IsServerCompressed => Name.StartsWith("server_compressed_", StringComparison.Ordinal);
}
