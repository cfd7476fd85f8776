using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Healthy when a connection can be opened and answers.</summary>
internal sealed class PostgresHealth(IResourceWithConnectionString resource, string? database) : IHealthCheck
{
    private const int LongestAnswerInSeconds = 4;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(await resource.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false))
            {
                Pooling = false, Timeout = LongestAnswerInSeconds, CommandTimeout = LongestAnswerInSeconds,
            };
            settings.Database = database ?? settings.Database;
            await using var connection = new NpgsqlConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return new(context.Registration.FailureStatus, "PostgreSQL does not answer.", fault);
        }
    }
}

/// <summary>Adds the check.</summary>
internal static class PostgresHealthRegistration
{
    public static IResourceBuilder<T> WithPostgresCheck<T>(this IResourceBuilder<T> builder, string name, IResourceWithConnectionString resource, string? database)
        where T : IResource
    {
        var key = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, _ => new PostgresHealth(resource, database), failureStatus: null, tags: null));
        return builder.WithHealthCheck(key);
    }
}
