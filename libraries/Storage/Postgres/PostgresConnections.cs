using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>What every connection of the store has: bounds, prepared statements, and plans that don't hang on statistics.</summary>
public static class PostgresConnections
{
    /// <summary>
    /// Each statement of the store is written for one plan by index. A queue's statistics are from another time than its rows
    /// (taken when it was empty, say), so the planner is not left to choose a scan, which would stay in a prepared plan.
    /// </summary>
    private const string Settings =
        "-c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off "
        + "-c idle_in_transaction_session_timeout=60s -c timezone=UTC";

    /// <summary>Makes a data source of a connection string.</summary>
    /// <param name="connectionString">Npgsql's; several hosts may be named for failover.</param>
    /// <param name="options">The bounds.</param>
    public static NpgsqlDataSource Create(string connectionString, PostgresOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.Configure(options);
        return builder.Build();
    }

    /// <summary>Completes a data source that another part builds; what the connection string says of its own is kept.</summary>
    public static void Configure(this NpgsqlDataSourceBuilder builder, PostgresOptions options)
    {
        var text = builder.ConnectionStringBuilder;
        text.MaxPoolSize = options.MaxConnections;
        text.Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds);
        text.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        text.MaxAutoPrepare = 128;
        text.AutoPrepareMinUsages = 2;
        text.KeepAlive = 10;
        text.Options = string.IsNullOrEmpty(text.Options) ? Settings : $"{Settings} {text.Options}";
        text.ApplicationName ??= "exporter";
        if (text.Host is { } hosts && hosts.Contains(',', StringComparison.Ordinal))
            text.TargetSessionAttributes ??= "primary";
    }
}
