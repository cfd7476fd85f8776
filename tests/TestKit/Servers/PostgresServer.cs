using System.Diagnostics;
using System.Globalization;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Processes;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Exporter.TestKit.Servers;

/// <summary>
/// A real PostgreSQL: the one that <c>EXPORTER_TEST_POSTGRES</c> names by a connection string, else Debian's program on a free
/// loopback port, with its data in a temporary folder and every commit on disk, else a container.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Variable = "EXPORTER_TEST_POSTGRES";
    private const string Package = "postgresql";
    private const string Image = "postgres:17.6";
    private const string Programs = "/usr/lib/postgresql";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string? folder;
    private readonly string bin = "";
    private readonly int port;
    private readonly PostgreSqlContainer? container;
    private readonly string connectionString;
    private readonly ServerMissingException? missing;
    private Process? process;

    private PostgresServer(string connectionString) => this.connectionString = connectionString;

    private PostgresServer(ServerContainer<PostgreSqlContainer> found)
        : this(found.Container?.GetConnectionString() ?? "") => (container, missing) = (found.Container, found.Missing);

    private PostgresServer(string bin, string folder, int port)
    {
        (this.bin, this.folder, this.port) = (bin, folder, port);
        connectionString = string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");
    }

    /// <summary>To the database <c>postgres</c>, as a role that may do everything.</summary>
    /// <exception cref="ServerMissingException">There is no server; told here, to the test that asks, since a fixture that fails fails its tests.</exception>
    public string ConnectionString => missing is null ? connectionString : throw new ServerMissingException(missing);

    /// <summary>Whether this process started it, so that it may be killed and started again.</summary>
    public bool IsOwn => folder is not null;

    /// <summary>The server's process id, or 0 when it is not our own or is down.</summary>
    public int ProcessId => process is { HasExited: false } running ? running.Id : 0;

    /// <summary>Takes what it finds: the server that the environment names, else Debian's program, else a container.</summary>
    /// <param name="settings">More settings, such as <c>max_connections=200</c>; not for a server that the environment names.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new(given);

        return FindBin() is null ? await StartContainerAsync(settings) : await StartOwnAsync(settings);
    }

    /// <summary>Starts Debian's program, for tests that kill it.</summary>
    /// <exception cref="ServerMissingException">It is not installed.</exception>
    public static async Task<PostgresServer> StartOwnAsync(params string[] settings)
    {
        var server = new PostgresServer(FindBin() ?? throw new ServerMissingException(Package), Directory.CreateTempSubdirectory("exporter-postgres-").FullName, FreePort.Next());
        try
        {
            await server.MakeAsync(settings);
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a database, as a copy of another when one is named.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, string template = "template1")
    {
        await RunSqlAsync($"create database {name} template {template}");
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ToString();
    }

    /// <summary>Drops a database, whoever uses it. On an own server it goes with the folder: dropping would wait for a checkpoint.</summary>
    public Task DropDatabaseAsync(string name) => IsOwn ? Task.CompletedTask : RunSqlAsync($"drop database if exists {name} with (force)");

    /// <summary>Kills every process of the server as a power cut would: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        var postmaster = process ?? throw new InvalidOperationException("The server is not running, or not our own.");
        var children = ChildrenOf(postmaster.Id).ToList();
        postmaster.Kill();
        children.ForEach(Signals.SendKill);
        await postmaster.WaitForExitAsync();
        postmaster.Dispose();
        process = null;
        using var time = new CancellationTokenSource(Patience);
        while (children.Exists(child => Directory.Exists($"/proc/{child}")))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, time.Token);
        File.Delete(Path.Combine(folder!, "data", "postmaster.pid"));
    }

    /// <summary>Stops the server at once, telling its clients.</summary>
    public async Task StopAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            Signals.SendQuit(process.Id);
        using var time = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(time.Token);
        process.Dispose();
        process = null;
    }

    /// <summary>Starts the process again on its data and port; recovers what was committed.</summary>
    public async Task StartProcessAsync()
    {
        process = Run("postgres", "-D", Path.Combine(folder!, "data"));
        using var time = new CancellationTokenSource(Patience);
        while (!await AnswersAsync(time.Token))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"postgres ended: {await File.ReadAllTextAsync(Said, time.Token)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (container is not null)
            await container.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<PostgresServer> StartContainerAsync(string[] settings)
    {
        string[] command = [.. settings.Prepend("max_connections=200").SelectMany(setting => new[] { "-c", setting })];
        return new(await ServerContainer<PostgreSqlContainer>.StartAsync(() => new PostgreSqlBuilder(Image).WithCommand(command).Build(), Variable, Package));
    }

    private async Task MakeAsync(string[] settings)
    {
        var data = Path.Combine(folder!, "data");
        Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
            await ServerProgram.RunAsync(folder!, Patience, "chown", "-R", "postgres", folder!);
        using (var made = Run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"))
        {
            await made.WaitForExitAsync();
            if (made.ExitCode != 0)
                throw new InvalidOperationException($"initdb failed with {made.ExitCode}: {await File.ReadAllTextAsync(Said)}");
        }

        string[] own = [$"port={port}", "listen_addresses='127.0.0.1'", $"unix_socket_directories='{folder}'", "max_connections=200", "shared_buffers=256MB", "max_wal_size=4GB"];
        await File.AppendAllLinesAsync(Path.Combine(data, "postgresql.conf"), [.. own, .. settings]);
    }

    private static string Launcher => Environment.IsPrivilegedProcess ? "setpriv" : "env";

    private string Said => Path.Combine(folder!, $"{Launcher}.out");

    private Process Run(string program, params string[] arguments)
    {
        var path = Path.Combine(bin, program);
        string[] user = Environment.IsPrivilegedProcess ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        return ServerProgram.Start(folder!, Launcher, [.. user, path, .. arguments]);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await RunSqlAsync("select 1", cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task RunSqlAsync(string sql, CancellationToken cancel = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false, Timeout = 5 }.ToString());
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static IEnumerable<int> ChildrenOf(int parent) =>
        File.ReadAllText($"/proc/{parent}/task/{parent}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    private static string? FindBin() =>
        (Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : []).Select(version => Path.Combine(version, "bin"))
            .Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Order().LastOrDefault();
}
