namespace Aspire.StackExchange.Redis;

/// <summary>How a Redis client is set up; the section <c>Aspire:StackExchange:Redis</c>, and below it one of the connection's name.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Servers and options, separated by commas, as StackExchange.Redis takes them.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether there is no health check. False by default.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether commands make no activities. False by default.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Whether the connection is made at its first use, not when the host starts. False by default.</summary>
    public bool DisableAutoActivation { get; set; }
}
