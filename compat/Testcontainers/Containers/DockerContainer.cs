using System.Globalization;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Engine;
using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Containers;

/// <inheritdoc cref="IContainer" />
public class DockerContainer(IContainerConfiguration configuration) : IContainer
{
    private const string Loopback = "127.0.0.1";
    private readonly ContainerConfiguration configuration = (ContainerConfiguration)configuration;
    private IContainerRun? run;
    private ContainerStatus status = ContainerStatus.NotThere;

    /// <inheritdoc />
    public event EventHandler? Creating;

    /// <inheritdoc />
    public event EventHandler? Starting;

    /// <inheritdoc />
    public event EventHandler? Stopping;

    /// <inheritdoc />
    public event EventHandler? Created;

    /// <inheritdoc />
    public event EventHandler? Started;

    /// <inheritdoc />
    public event EventHandler? Stopped;

    /// <inheritdoc />
    public DateTime CreatedTime { get; private set; }

    /// <inheritdoc />
    public DateTime StartedTime { get; private set; }

    /// <inheritdoc />
    public DateTime StoppedTime { get; private set; }

    /// <inheritdoc />
    public string Id => Run.Id;

    /// <inheritdoc />
    public string Name => $"/{Run.Name}";

    /// <inheritdoc />
    public string IpAddress => status.IpAddress;

    /// <inheritdoc />
    public string MacAddress => status.MacAddress;

    /// <inheritdoc />
    public string Hostname => Loopback;

    /// <inheritdoc />
    public IImage Image => configuration.Image!;

    /// <inheritdoc />
    public TestcontainersStates State => status.State;

    /// <inheritdoc />
    public TestcontainersHealthStatus Health => status.Health;

    /// <inheritdoc />
    public long HealthCheckFailingStreak => status.FailingStreak;

    /// <summary>Whether a program of this machine does its work.</summary>
    internal bool IsProgram => Run is ProgramRun;

    private IContainerRun Run => run ?? throw new InvalidOperationException($"The container of image '{Image.FullName}' was not started. Call StartAsync first.");

    /// <inheritdoc />
    public ushort GetMappedPublicPort() => Run is not null && status.Ports.Count > 0 ? status.Ports.First().Value : throw NotMapped("any");

    /// <inheritdoc />
    public ushort GetMappedPublicPort(int containerPort) => GetMappedPublicPort(containerPort.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public ushort GetMappedPublicPort(string containerPort)
    {
        ArgumentNullException.ThrowIfNull(containerPort);
        return Run is not null && status.Ports.TryGetValue(ushort.Parse(containerPort.Split('/')[0], CultureInfo.InvariantCulture), out var port) ? port : throw NotMapped(containerPort);
    }

    /// <inheritdoc />
    public IReadOnlyDictionary<ushort, ushort> GetMappedPublicPorts() => status.Ports;

    /// <inheritdoc />
    public Task<long> GetExitCodeAsync(CancellationToken ct = default) => Run.ExitCodeAsync(ct);

    /// <inheritdoc />
    public Task<(string Stdout, string Stderr)> GetLogsAsync(DateTime since = default, DateTime until = default, bool timestampsEnabled = true, CancellationToken ct = default) =>
        Run.LogsAsync(since, until, timestampsEnabled, ct);

    /// <inheritdoc />
    public virtual async Task StartAsync(CancellationToken ct = default)
    {
        foreach (var other in configuration.Containers)
            await other.StartAsync(ct).ConfigureAwait(false);
        if (run is null)
            await CreateAsync(ct).ConfigureAwait(false);
        await RefreshAsync(ct).ConfigureAwait(false);
        if (State == TestcontainersStates.Running)
            return;

        Starting?.Invoke(this, EventArgs.Empty);
        StartedTime = Now();
        await Run.StartAsync(ct).ConfigureAwait(false);
        await RefreshAsync(ct).ConfigureAwait(false);
        await configuration.StartupCallback(this, ct).ConfigureAwait(false);
        foreach (var strategy in configuration.WaitStrategies)
            await strategy.WaitAsync(this, ct).ConfigureAwait(false);
        Started?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc />
    public virtual async Task StopAsync(CancellationToken ct = default)
    {
        if (run is null)
            return;

        Stopping?.Invoke(this, EventArgs.Empty);
        await run.StopAsync(ct).ConfigureAwait(false);
        await RefreshAsync(ct).ConfigureAwait(false);
        StoppedTime = Now();
        Stopped?.Invoke(this, EventArgs.Empty);
    }

    /// <inheritdoc />
    public virtual async Task PauseAsync(CancellationToken ct = default)
    {
        await Run.PauseAsync(ct).ConfigureAwait(false);
        await RefreshAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public virtual async Task UnpauseAsync(CancellationToken ct = default)
    {
        await Run.UnpauseAsync(ct).ConfigureAwait(false);
        await RefreshAsync(ct).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public Task<ExecResult> ExecAsync(IList<string> command, CancellationToken ct = default) => Run.ExecAsync(command, input: "", ct);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (run is not { } running)
            return;

        run = null;
        status = ContainerStatus.NotThere;
        await running.DisposeAsync().ConfigureAwait(false);
    }

    internal Task<ExecResult> ExecWithInputAsync(IList<string> command, string input, CancellationToken cancel) => Run.ExecAsync(command, input, cancel);

    internal async Task RefreshAsync(CancellationToken cancel) => status = await Run.InspectAsync(cancel).ConfigureAwait(false);

    internal async Task MustRunAsync(CancellationToken cancel)
    {
        await RefreshAsync(cancel).ConfigureAwait(false);
        if (State == TestcontainersStates.Running)
            return;

        var (output, errors) = await GetLogsAsync(timestampsEnabled: false, ct: cancel).ConfigureAwait(false);
        throw new ContainerNotRunningException(Id, output, errors, status.ExitCode, exception: null);
    }

    private static DateTime Now() => TimeProvider.System.GetUtcNow().UtcDateTime;

    private async Task CreateAsync(CancellationToken cancel)
    {
        Creating?.Invoke(this, EventArgs.Empty);
        run = await ContainerRuns.CreateAsync(configuration, cancel).ConfigureAwait(false);
        CreatedTime = Now();
        Created?.Invoke(this, EventArgs.Empty);
    }

    private InvalidOperationException NotMapped(string port) =>
        new($"Port {port} of the container of image '{Image.FullName}' leads to no port of this machine. Call WithPortBinding.");
}
