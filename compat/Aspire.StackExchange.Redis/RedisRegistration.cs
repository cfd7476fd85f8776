using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

internal static class RedisRegistration
{
    private const string Section = "Aspire:StackExchange:Redis";

    public static void Add(
        IHostApplicationBuilder builder,
        string name,
        string? serviceKey,
        Action<StackExchangeRedisSettings>? configureSettings,
        Action<ConfigurationOptions>? configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        IConfigurationSection[] sections = [builder.Configuration.GetSection(Section), builder.Configuration.GetSection($"{Section}:{name}")];
        var settings = new StackExchangeRedisSettings();
        foreach (var section in sections)
            section.Bind(settings);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            settings.ConnectionString = connectionString;
        configureSettings?.Invoke(settings);

        var services = builder.Services;
        services.AddKeyedSingleton(
            KeyOf(name, serviceKey),
            (provider, _) => Connect(OptionsOf(settings, name, sections, configureOptions), settings, provider));
        if (serviceKey is null)
            services.AddSingleton(provider => Client(provider, name, serviceKey).Multiplexer);
        else
            services.AddKeyedSingleton(serviceKey, (provider, _) => Client(provider, name, serviceKey).Multiplexer);

        if (!settings.DisableTracing)
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(RedisTracing.SourceName));
        if (!settings.DisableHealthChecks)
            AddHealthCheck(services, name, serviceKey);
        if (!settings.DisableAutoActivation)
            services.AddHostedService(provider => new RedisActivation(() => Client(provider, name, serviceKey)));
    }

    private static void AddHealthCheck(IServiceCollection services, string name, string? serviceKey) => services.AddHealthChecks().Add(new(
        serviceKey is null ? "StackExchange.Redis" : $"StackExchange.Redis_{name}",
        provider => new RedisHealthCheck(() => Client(provider, name, serviceKey).Multiplexer),
        failureStatus: null,
        tags: null));

    private static string KeyOf(string name, string? serviceKey) => $"{Section}:{(serviceKey is null ? "" : "keyed:")}{name}";

    private static RedisClient Client(IServiceProvider provider, string name, string? serviceKey) =>
        provider.GetRequiredKeyedService<RedisClient>(KeyOf(name, serviceKey));

    private static ConfigurationOptions OptionsOf(
        StackExchangeRedisSettings settings, string name, IConfigurationSection[] sections, Action<ConfigurationOptions>? configure)
    {
        var text = settings.ConnectionString ?? "";
        var options = text.Length == 0 ? new() : ConfigurationOptions.Parse(text);
        if (!text.Contains("abortConnect", StringComparison.OrdinalIgnoreCase))
            options.AbortOnConnectFail = false;
        foreach (var section in sections)
            section.GetSection(nameof(ConfigurationOptions)).Bind(options);
        configure?.Invoke(options);
        return options.EndPoints.Count > 0 ? options : throw new InvalidOperationException(
            $"No Redis server is named. Put a connection string into 'ConnectionStrings:{name}', or into 'ConnectionString' of the section '{Section}' or '{Section}:{name}'.");
    }

    private static RedisClient Connect(ConfigurationOptions options, StackExchangeRedisSettings settings, IServiceProvider provider)
    {
        var multiplexer = ConnectionMultiplexer.Connect(options);
        return new(multiplexer, settings.DisableTracing ? null : new RedisTracing(multiplexer, provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
