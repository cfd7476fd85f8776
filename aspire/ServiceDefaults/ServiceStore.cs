using Exporter.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Exporter.ServiceDefaults;

/// <summary>The store of services: PostgreSQL at the connection string <c>postgres</c>.</summary>
public static class ServiceStore
{
    private const string Connection = "postgres";
    private const string Section = "Store";

    /// <summary>
    /// Adds the store with the options of section <c>Store</c>. To be called before the parts that use it: the start waits for
    /// the server and its schema first.
    /// </summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message lists every fault.</exception>
    public static WebApplicationBuilder AddPostgresStore(this WebApplicationBuilder builder)
    {
        var options = ReadOptions(builder.Configuration);
        builder.AddNpgsqlDataSource(
            Connection,
            settings => settings.DisableHealthChecks = true,
            configureDataSourceBuilder: source =>
            {
                source.ConnectionStringBuilder.ApplicationName ??= builder.Environment.ApplicationName;
                source.Configure(options);
            });
        builder.Services.AddPostgresStore(options);
        return builder;
    }

    /// <summary>Connections for a job that is no service, such as the migrations.</summary>
    /// <exception cref="OptionsValidationException">A setting is wrong; the message lists every fault.</exception>
    public static (NpgsqlDataSource Source, PostgresOptions Options) OpenPostgres(this IConfiguration configuration)
    {
        var options = ReadOptions(configuration);
        return (PostgresConnections.Create(configuration.GetConnectionString(Connection)!, options), options);
    }

    private static PostgresOptions ReadOptions(IConfiguration configuration)
    {
        var options = new PostgresOptions();
        configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        var problems = options.Problems(Section).ToList();
        if (string.IsNullOrEmpty(configuration.GetConnectionString(Connection)))
            problems.Add($"'ConnectionStrings:{Connection}' must be Npgsql's connection string, such as 'Host=db;Username=exporter;Password=…;Database=exporter', found nothing.");
        return problems.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(PostgresOptions), problems);
    }
}
