using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Aspire.Npgsql;

internal static class NpgsqlRegistration
{
    private const string Section = "Aspire:Npgsql";

    /// <summary>Npgsql's own activity source and meter.</summary>
    private const string Source = "Npgsql";

    public static void Add(
        IHostApplicationBuilder builder,
        string name,
        string? serviceKey,
        Action<NpgsqlSettings>? configureSettings,
        Action<NpgsqlDataSourceBuilder>? configureDataSource)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var settings = new NpgsqlSettings();
        builder.Configuration.GetSection(Section).Bind(settings);
        builder.Configuration.GetSection($"{Section}:{name}").Bind(settings);
        if (builder.Configuration.GetConnectionString(name) is { Length: > 0 } connectionString)
            settings.ConnectionString = connectionString;
        configureSettings?.Invoke(settings);

        var services = builder.Services;
        AddDataSource(services, serviceKey, provider => Make(provider, settings, name, configureDataSource));
        if (!settings.DisableTracing)
            services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Source));
        if (!settings.DisableMetrics)
            services.ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddMeter(Source));
        if (!settings.DisableHealthChecks)
        {
            services.AddHealthChecks().Add(new(
                serviceKey is null ? "PostgreSql" : $"PostgreSql_{name}",
                provider => new NpgsqlHealthCheck(() => DataSource(provider, serviceKey)),
                failureStatus: null,
                tags: null));
        }
    }

    private static void AddDataSource(IServiceCollection services, string? serviceKey, Func<IServiceProvider, NpgsqlDataSource> make)
    {
        if (serviceKey is null)
        {
            services.AddSingleton(make);
            services.AddSingleton<DbDataSource>(provider => DataSource(provider, null));
            services.AddTransient(provider => DataSource(provider, null).CreateConnection());
            services.AddTransient<DbConnection>(provider => DataSource(provider, null).CreateConnection());
            return;
        }

        services.AddKeyedSingleton(serviceKey, (provider, _) => make(provider));
        services.AddKeyedSingleton<DbDataSource>(serviceKey, (provider, _) => DataSource(provider, serviceKey));
        services.AddKeyedTransient(serviceKey, (provider, _) => DataSource(provider, serviceKey).CreateConnection());
        services.AddKeyedTransient<DbConnection>(serviceKey, (provider, _) => DataSource(provider, serviceKey).CreateConnection());
    }

    private static NpgsqlDataSource DataSource(IServiceProvider provider, string? serviceKey) => serviceKey is null
        ? provider.GetRequiredService<NpgsqlDataSource>()
        : provider.GetRequiredKeyedService<NpgsqlDataSource>(serviceKey);

    private static NpgsqlDataSource Make(
        IServiceProvider provider, NpgsqlSettings settings, string name, Action<NpgsqlDataSourceBuilder>? configure)
    {
        if (string.IsNullOrEmpty(settings.ConnectionString))
        {
            throw new InvalidOperationException(
                $"No PostgreSQL database is named. Put a connection string into 'ConnectionStrings:{name}', or into 'ConnectionString' of the section '{Section}' or '{Section}:{name}'.");
        }

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(provider.GetService<ILoggerFactory>());
        configure?.Invoke(builder);
        return builder.Build();
    }
}
