using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Processes;
using Testcontainers.Redis;

namespace Exporter.TestKit.Servers;

/// <summary>
/// A real Redis: the one that <c>EXPORTER_TEST_REDIS</c> names by a connection string, else Debian's program on a free
/// loopback port, with its data in a temporary folder, else a container.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private const string Variable = "EXPORTER_TEST_REDIS";
    private const string Program = "redis-server";
    private const string Image = "redis:8.2";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string? folder;
    private readonly string? password;
    private readonly int port;
    private readonly RedisContainer? container;
    private readonly string connectionString;
    private readonly ServerMissingException? missing;
    private Process? process;

    private RedisServer(string connectionString) => this.connectionString = connectionString;

    private RedisServer(ServerContainer<RedisContainer> found)
        : this(found.Container?.GetConnectionString() ?? "") => (container, missing) = (found.Container, found.Missing);

    private RedisServer(string folder, int port, string? password)
    {
        (this.folder, this.port, this.password) = (folder, port, password);
        connectionString = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}{(password is null ? "" : $",password={password}")}");
    }

    /// <summary>As StackExchange.Redis takes it.</summary>
    /// <exception cref="ServerMissingException">There is no server; told here, to the test that asks, since a fixture that fails fails its tests.</exception>
    public string ConnectionString => missing is null ? connectionString : throw new ServerMissingException(missing);

    /// <summary>The server's process id, or 0 when it is not our own or is down.</summary>
    public int ProcessId => process is { HasExited: false } running ? running.Id : 0;

    /// <summary>Takes what it finds: the server that the environment names, else Debian's program, else a container.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new(given);

        return ServerProgram.IsInstalled(Program) ? await StartOwnAsync() : await StartContainerAsync();
    }

    /// <summary>Starts Debian's program, for tests that stop it.</summary>
    /// <exception cref="ServerMissingException">It is not installed.</exception>
    public static async Task<RedisServer> StartOwnAsync(string? password = null)
    {
        if (!ServerProgram.IsInstalled(Program))
            throw new ServerMissingException(Program);

        var server = new RedisServer(Directory.CreateTempSubdirectory("exporter-redis-").FullName, FreePort.Next(), password);
        try
        {
            await server.StartProcessAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the process again on its data and port.</summary>
    public async Task StartProcessAsync()
    {
        string[] secret = password is null ? [] : ["--requirepass", password];
        process = ServerProgram.Start(
            folder!, Program,
            [
                "--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", folder!,
                "--save", "", "--appendonly", "yes", "--appendfsync", "always", .. secret,
            ]);
        using var time = new CancellationTokenSource(Patience);
        while (!await AnswersAsync(time.Token))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"redis-server ended: {await File.ReadAllTextAsync(Path.Combine(folder!, $"{Program}.out"), time.Token)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
        }
    }

    /// <summary>Kills the process; its data stay.</summary>
    public async Task StopAsync()
    {
        if (process is not { } running)
            return;
        process = null;
        await ServerProgram.StopAsync(running);
    }

    /// <summary>Lets the server stand still with its connections open, as a hanging machine does.</summary>
    public void Freeze() => Signals.SendStop(ProcessId);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => Signals.SendContinue(ProcessId);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (container is not null)
            await container.DisposeAsync();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    private static async Task<RedisServer> StartContainerAsync() =>
        new(await ServerContainer<RedisContainer>.StartAsync(() => new RedisBuilder(Image).WithCommand("--appendonly", "yes", "--appendfsync", "always").Build(), Variable, Program));

    // An answer of any kind but LOADING: without the password it is an error.
    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancel);
            await using var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancel);
            var answer = new byte[64];
            var length = await stream.ReadAsync(answer, cancel);
            return length > 0 && !Encoding.ASCII.GetString(answer, 0, length).StartsWith("-LOADING", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
