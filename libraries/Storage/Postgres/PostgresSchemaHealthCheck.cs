using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Exporter.Storage.Postgres;

/// <summary>Healthy when the server answers and its schema has exactly the version that this program works with.</summary>
public sealed class PostgresSchemaHealthCheck(NpgsqlDataSource source) : IHealthCheck
{
    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var version = await PostgresMigrations.ReadVersionAsync(source, cancellationToken);
            return version == PostgresMigrations.Newest ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(PostgresMigrations.Sentence(version));
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
