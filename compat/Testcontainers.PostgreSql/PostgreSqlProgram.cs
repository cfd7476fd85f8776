using System.Globalization;
using Compat.Processes;
using Compat.Servers;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;

namespace Testcontainers.PostgreSql;

/// <summary>This machine's PostgreSQL in the place of the image <c>postgres</c>.</summary>
internal sealed class PostgreSqlProgram(PostgreSqlConfiguration configuration) : IContainerProgram
{
    private const string Standard = "postgres";
    private readonly PostgresProgram server = new(_ => new(configuration.Username), _ => new(configuration.Password));

    public string Repository => "postgres";

    public IReadOnlyDictionary<ushort, string> Endpoints { get; } = new Dictionary<ushort, string> { [PostgreSqlBuilder.PostgreSqlPort] = ServerContext.Primary };

    // What the image's own start script reads, beside these three, nobody reads here.
    public bool Knows(string variable) =>
        variable is "POSTGRES_DB" or "POSTGRES_USER" or "POSTGRES_PASSWORD" || (!variable.StartsWith("POSTGRES_", StringComparison.Ordinal) && variable != "PGDATA");

    public string? Missing() => server.Missing();

    public async Task<ContainerPlan> PrepareAsync(ContainerConfiguration described, ServerContext context, CancellationToken cancel)
    {
        var isNew = !Directory.Exists(DataOf(context));
        var launch = await server.PrepareAsync(context, cancel).ConfigureAwait(false);
        var programs = PostgresProgram.FolderOf("*")!;
        if (isNew && configuration.Database != Standard)
            await CreateDatabaseAsync(programs, DataOf(context), cancel).ConfigureAwait(false);
        return new(launch, new Dictionary<string, string>
        {
            ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
            ["PGHOST"] = "127.0.0.1",
            ["PGPORT"] = context.Ports[ServerContext.Primary].ToString(CultureInfo.InvariantCulture),
            ["PGPASSWORD"] = configuration.Password,
        });
    }

    private static string DataOf(ServerContext context) => Path.Combine(context.Folder, "data");

    // Before the server listens, so that whoever can connect finds the database.
    private async Task CreateDatabaseAsync(string programs, string data, CancellationToken cancel)
    {
        var statement = $"create database \"{configuration.Database.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n";
        var (command, arguments) = PostgresProgram.AsServerUser(Path.Combine(programs, "postgres"), ["--single", "-D", data, Standard]);
        var answer = await ToolRun.RunAsync(command, arguments, cancel, environment: null, statement).ConfigureAwait(false);
        if (answer.ExitCode != 0 || answer.Errors.Contains("ERROR", StringComparison.Ordinal))
            throw Faults.Of($"Database '{configuration.Database}' could not be made: {answer.Errors.Trim()}");
    }
}
