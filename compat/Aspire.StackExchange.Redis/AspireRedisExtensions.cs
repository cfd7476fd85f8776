using Aspire.StackExchange.Redis;
using StackExchange.Redis;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds Redis clients to a host.</summary>
public static class AspireRedisExtensions
{
    /// <summary>Adds an <see cref="IConnectionMultiplexer"/> with health check and tracing.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name in the section <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes what the configuration says.</param>
    /// <param name="configureOptions">Changes the client's own options, last.</param>
    public static void AddRedisClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        RedisRegistration.Add(builder, connectionName, serviceKey: null, configureSettings, configureOptions);

    /// <summary>Adds an <see cref="IConnectionMultiplexer"/> under a key, with health check and tracing.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The key, and the name in the section <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes what the configuration says.</param>
    /// <param name="configureOptions">Changes the client's own options, last.</param>
    public static void AddKeyedRedisClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<StackExchangeRedisSettings>? configureSettings = null,
        Action<ConfigurationOptions>? configureOptions = null) =>
        RedisRegistration.Add(builder, name, name, configureSettings, configureOptions);
}
