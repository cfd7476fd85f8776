using System.Diagnostics;
using System.Globalization;
using Exporter.TestKit.Ceph;
using Exporter.TestKit.Processes;
using Testcontainers.RabbitMq;

namespace Exporter.TestKit.Servers;

/// <summary>
/// A real RabbitMQ: the one that <c>EXPORTER_TEST_RABBITMQ</c> names by a connection string, else Debian's program on free
/// loopback ports, with a port mapper, a cookie and data of its own in a temporary folder, else a container.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Variable = "EXPORTER_TEST_RABBITMQ";
    private const string Package = "rabbitmq-server";
    private const string Image = "rabbitmq:4.1";
    private const string Loopback = "{127,0,0,1}";
    private const string Programs = "/usr/lib/rabbitmq/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string? folder;
    private readonly int port;
    private readonly int distributionPort;
    private readonly int mapperPort;
    private readonly List<string> settings = [];
    private readonly RabbitMqContainer? container;
    private readonly string connectionString;
    private readonly ServerMissingException? missing;
    private Process? mapper;
    private Process? node;

    private RabbitMqServer(string connectionString) => this.connectionString = connectionString;

    private RabbitMqServer(ServerContainer<RabbitMqContainer> found)
        : this(found.Container?.GetConnectionString() ?? "") => (container, missing) = (found.Container, found.Missing);

    private RabbitMqServer(string folder, IEnumerable<string> settings)
    {
        this.folder = folder;
        (port, distributionPort, mapperPort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        connectionString = string.Create(CultureInfo.InvariantCulture, $"amqp://{User}:{Password}@127.0.0.1:{port}");
        this.settings.AddRange(settings);
    }

    public const string User = "exporter";

    public const string Password = "made-for-tests";

    /// <summary>To the virtual host <c>/</c>, as an administrator.</summary>
    /// <exception cref="ServerMissingException">There is no server; told here, to the test that asks, since a fixture that fails fails its tests.</exception>
    public string ConnectionString => missing is null ? connectionString : throw new ServerMissingException(missing);

    /// <summary>Whether this process started it, so that it may be stopped, and asked by <c>rabbitmqctl</c>.</summary>
    public bool IsOwn => folder is not null;

    /// <summary>The node's process id, or 0 when it is not our own or is down.</summary>
    public int ProcessId => node is { HasExited: false } running ? running.Id : 0;

    private static bool IsInstalled => File.Exists(Path.Combine(Programs, "rabbitmq-server"));

    /// <summary>Takes what it finds: the server that the environment names, else Debian's program, else a container.</summary>
    public static async Task<RabbitMqServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new(given);

        return IsInstalled ? await StartOwnAsync() : await StartContainerAsync();
    }

    /// <summary>Starts Debian's program, for tests that stop it. Takes about six seconds.</summary>
    /// <param name="settings">More lines of <c>rabbitmq.conf</c>.</param>
    /// <exception cref="ServerMissingException">It is not installed.</exception>
    public static async Task<RabbitMqServer> StartOwnAsync(params string[] settings)
    {
        if (!IsInstalled)
            throw new ServerMissingException(Package);

        var server = new RabbitMqServer(Directory.CreateTempSubdirectory("exporter-rabbitmq-").FullName, settings);
        try
        {
            await server.MakeAsync();
            await server.StartNodeAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the node, again or for the first time, on its ports and data.</summary>
    public async Task StartNodeAsync()
    {
        node = ServerProgram.Start(folder!, "env", [.. Surroundings, Path.Combine(Programs, "rabbitmq-server")]);
        using var time = new CancellationTokenSource(Patience);
        while (!await PortProbe.SpeaksAmqpAsync(port, time.Token))
        {
            if (node.HasExited)
                throw new InvalidOperationException($"rabbitmq-server ended: {await File.ReadAllTextAsync(Path.Combine(folder!, "env.out"), time.Token)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, time.Token);
        }
    }

    /// <summary>Kills the node as a power cut would: nobody is told.</summary>
    public Task KillNodeAsync() => EndNodeAsync(running => running.Kill());

    /// <summary>Stops the node, telling its clients.</summary>
    public Task StopNodeAsync() => EndNodeAsync(running => Signals.SendTerminate(running.Id));

    /// <summary>Runs <c>rabbitmqctl</c> with quiet, tab-separated output.</summary>
    /// <returns>Its lines, without the heading.</returns>
    public async Task<IReadOnlyList<string>> ControlAsync(params string[] arguments)
    {
        if (container is not null)
            return await ControlContainerAsync(container, arguments);

        var said = await ServerProgram.RunAsync(folder!, Patience, "env", [.. Surroundings, Path.Combine(Programs, "rabbitmqctl"), "--silent", .. arguments]);
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Makes a virtual host, so that what shares the node shares no queue; its connection string.</summary>
    public async Task<string> CreateVirtualHostAsync(string name)
    {
        if (!IsOwn && container is null)
            return $"{ConnectionString.TrimEnd('/')}/{name}";

        await ControlAsync("add_vhost", name);
        await ControlAsync("set_permissions", "-p", name, User, ".*", ".*", ".*");
        return $"{ConnectionString.TrimEnd('/')}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        await EndNodeAsync(running => running.Kill());
        if (container is not null)
            await container.DisposeAsync();
        if (mapper is not null)
            await ServerProgram.StopAsync(mapper);
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>With these the script becomes the node itself, and shares nothing with another server of this machine.</summary>
    private string[] Surroundings => string.Create(CultureInfo.InvariantCulture, $"""
        HOME={folder}
        LC_ALL=C.UTF-8
        ERL_EPMD_ADDRESS=127.0.0.1
        ERL_EPMD_PORT={mapperPort}
        RUNNING_UNDER_SYSTEMD=true
        RABBITMQ_NODENAME=exporter@localhost
        RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
        RABBITMQ_NODE_PORT={port}
        RABBITMQ_DIST_PORT={distributionPort}
        RABBITMQ_CONFIG_FILE={folder}/rabbitmq.conf
        RABBITMQ_MNESIA_BASE={folder}/data
        RABBITMQ_LOG_BASE={folder}/log
        RABBITMQ_PID_FILE={folder}/node.pid
        RABBITMQ_ENABLED_PLUGINS_FILE={folder}/plugins
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-kernel inet_dist_use_interface {Loopback} -start_epmd false +sbwt none
        RABBITMQ_CTL_ERL_ARGS=-start_epmd false
        """).Split('\n');

    private static async Task<RabbitMqServer> StartContainerAsync() =>
        new(await ServerContainer<RabbitMqContainer>.StartAsync(() => new RabbitMqBuilder(Image).WithUsername(User).WithPassword(Password).Build(), Variable, Package));

    private static async Task<IReadOnlyList<string>> ControlContainerAsync(RabbitMqContainer container, string[] arguments)
    {
        var answer = await container.ExecAsync(["rabbitmqctl", "--silent", .. arguments]);
        return answer.ExitCode == 0
            ? answer.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new InvalidOperationException($"'rabbitmqctl {string.Join(' ', arguments)}' failed with {answer.ExitCode}: {answer.Stderr}");
    }

    private async Task MakeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder!, "plugins"), "[].\n");
        await File.WriteAllLinesAsync(Path.Combine(folder!, "rabbitmq.conf"), [$"default_user = {User}", $"default_pass = {Password}", .. settings]);
        mapper = ServerProgram.Start(folder!, "epmd", "-port", mapperPort.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1");
        using var time = new CancellationTokenSource(Patience);
        while (!await PortProbe.IsOpenAsync(mapperPort, time.Token))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, time.Token);
    }

    private async Task EndNodeAsync(Action<Process> send)
    {
        if (node is null)
            return;
        if (!node.HasExited)
            send(node);
        using var time = new CancellationTokenSource(Patience);
        await node.WaitForExitAsync(time.Token);
        node.Dispose();
        node = null;
    }
}
