using System.Globalization;
using DotNet.Testcontainers.Containers;

namespace Testcontainers.PostgreSql;

/// <summary>A PostgreSQL.</summary>
public sealed class PostgreSqlContainer(PostgreSqlConfiguration configuration) : DockerContainer(configuration), IDatabaseContainer
{
    private readonly PostgreSqlConfiguration configuration = configuration;

    /// <summary>As Npgsql takes it.</summary>
    public string GetConnectionString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Host={Hostname};Port={GetMappedPublicPort(PostgreSqlBuilder.PostgreSqlPort)};Database={configuration.Database};Username={configuration.Username};Password={configuration.Password}");

    /// <summary>Runs a script of SQL; the first error ends it.</summary>
    public Task<ExecResult> ExecScriptAsync(string scriptContent, CancellationToken ct = default) => ExecWithInputAsync(
        ["psql", "--set", "ON_ERROR_STOP=1", "--no-psqlrc", "--username", configuration.Username, "--dbname", configuration.Database], scriptContent, ct);
}
