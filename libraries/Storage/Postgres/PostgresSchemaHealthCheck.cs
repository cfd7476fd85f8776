using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Healthy when the server answers and its schema is one that this program works with.</summary>
public sealed class PostgresSchemaHealthCheck(NpgsqlDataSource source) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var schema = await PostgresMigrations.ReadSchemaAsync(source, cancellationToken);
            return schema.Fits ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(schema.Sentence);
        }
        catch (Exception e) when (PostgresFaults.IsPassing(e))
        {
            return HealthCheckResult.Unhealthy("The database can't be reached. Check that it runs, and the connection string.", e);
        }
        catch (PostgresException e)
        {
            return HealthCheckResult.Unhealthy($"The database refuses the store: {e.MessageText}", e);
        }
    }
}
