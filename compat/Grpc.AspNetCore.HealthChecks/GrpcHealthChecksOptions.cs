namespace Grpc.AspNetCore.HealthChecks;

/// <summary>How the health service answers.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The services that it knows.</summary>
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>
    /// Whether calls get what the health check publisher found last; false unless set, and then <c>Check</c> and the beginning
    /// of <c>Watch</c> run the checks.
    /// </summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether <c>Watch</c> goes on while the server stops; false unless set, and then it ends with NOT_SERVING.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}
