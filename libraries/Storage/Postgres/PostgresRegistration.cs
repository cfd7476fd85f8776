using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Puts the store on PostgreSQL behind the seams of delivery.</summary>
public static class PostgresRegistration
{
    /// <summary>
    /// Registers the store over the <see cref="NpgsqlDataSource"/> that the container has: see
    /// <see cref="PostgresConnections.Configure"/>. Call it before what uses the store, so that the start waits for the schema first.
    /// </summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresOptions options)
    {
        services.AddSingleton(provider => new PostgresStore(
            provider.GetRequiredService<NpgsqlDataSource>(), options, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PostgresStart>();
        services.AddHealthChecks().AddCheck<PostgresSchemaHealthCheck>("postgresql");
        services.AddSingleton<ExportLimits>();
        services.AddSingleton<IBlockStore, PostgresBlockStore>();
        services.AddSingleton<IRoutingStore, PostgresRoutingStore>();
        services.AddSingleton<PostgresBatchStore>();
        services.AddSingleton<IBatchStore>(provider => provider.GetRequiredService<PostgresBatchStore>());
        services.AddSingleton<IExportStore, PostgresExportStore>();
        services.AddSingleton<IApiKeyStore, PostgresApiKeyStore>();
        services.AddSingleton<ILimitStore, PostgresLimitStore>();
        services.AddSingleton<IDeliveryQueries, PostgresQueries>();
        services.AddSingleton<IDeadLetterStore, PostgresDeadLetterStore>();
        services.AddSingleton<IRetainedBatchStore, PostgresRetainedBatchStore>();
        return services;
    }
}
