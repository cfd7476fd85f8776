using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Makes a database that is missing.</summary>
internal static class DatabaseCreation
{
    public static async Task EnsureAsync(PostgresDatabaseResource database, CancellationToken cancel)
    {
        var server = await database.Parent.GetConnectionStringAsync(cancel).ConfigureAwait(false);
        var settings = new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel).ConfigureAwait(false);
        await using var look = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = database.DatabaseName } } };
        if (await look.ExecuteScalarAsync(cancel).ConfigureAwait(false) is not null)
            return;

        var script = database.Annotations.OfType<CreationScriptAnnotation>().LastOrDefault()?.Script
            ?? $"create database \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
#pragma warning disable CA2100 // A script is the application's own text; the name is quoted.
        await using var make = new NpgsqlCommand(script, connection);
#pragma warning restore CA2100
        await make.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    }
}
