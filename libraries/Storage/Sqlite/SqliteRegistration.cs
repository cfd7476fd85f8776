using Exporter.Delivery.Batches;
using Exporter.Delivery.Blocks;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Keys;
using Exporter.Delivery.Queries;
using Exporter.Delivery.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Exporter.Storage.Sqlite;

/// <summary>Puts the embedded store behind the seams of delivery.</summary>
public static class SqliteRegistration
{
    /// <summary>Registers an open store; the container closes it.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, SqliteStore store)
    {
        services.AddSingleton(_ => store);
        services.AddSingleton<ExportLimits>();
        services.AddSingleton<IBlockStore, SqliteBlockStore>();
        services.AddSingleton<IRoutingStore, SqliteRoutingStore>();
        services.AddSingleton<SqliteBatchStore>();
        services.AddSingleton<IBatchStore>(provider => provider.GetRequiredService<SqliteBatchStore>());
        services.AddSingleton<IExportStore, SqliteExportStore>();
        services.AddSingleton<IApiKeyStore, SqliteApiKeyStore>();
        services.AddSingleton<ILimitStore, SqliteLimitStore>();
        services.AddSingleton<IUserStore, SqliteUserStore>();
        services.AddSingleton<IDeliveryQueries, SqliteQueries>();
        services.AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>();
        services.AddSingleton<IRetainedBatchStore, SqliteRetainedBatchStore>();
        return services;
    }
}
