using Aspire.Npgsql;
using Npgsql;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds PostgreSQL data sources to a host.</summary>
public static class AspirePostgreSqlNpgsqlExtensions
{
    /// <summary>Adds an <see cref="NpgsqlDataSource"/> with health check, tracing and metrics.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="connectionName">The name in the section <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes what the configuration says.</param>
    /// <param name="configureDataSourceBuilder">Changes the data source before it is made.</param>
    public static void AddNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
        NpgsqlRegistration.Add(builder, connectionName, serviceKey: null, configureSettings, configureDataSourceBuilder);

    /// <summary>Adds an <see cref="NpgsqlDataSource"/> under a key, with health check, tracing and metrics.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="name">The key, and the name in the section <c>ConnectionStrings</c>.</param>
    /// <param name="configureSettings">Changes what the configuration says.</param>
    /// <param name="configureDataSourceBuilder">Changes the data source before it is made.</param>
    public static void AddKeyedNpgsqlDataSource(
        this IHostApplicationBuilder builder,
        string name,
        Action<NpgsqlSettings>? configureSettings = null,
        Action<NpgsqlDataSourceBuilder>? configureDataSourceBuilder = null) =>
        NpgsqlRegistration.Add(builder, name, name, configureSettings, configureDataSourceBuilder);
}
