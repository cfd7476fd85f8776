using System.Globalization;
using Compat.Processes;
using Compat.Servers;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Engine;

/// <summary>A server of this machine in a container's place: a child process on loopback, with its data in a folder that goes with it.</summary>
internal sealed class ProgramRun : IContainerRun
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);
    private readonly ContainerConfiguration configuration;
    private readonly IContainerProgram program;
    private readonly Dictionary<ushort, ushort> ports;
    private readonly ConsoleLines said = new();
    private readonly string folder;
    private ContainerPlan? plan;
    private ChildProcess? child;
    private ChildProcess? companion;
    private TestcontainersStates state = TestcontainersStates.Created;
    private Task<int> ended = Task.FromResult(0);

    public ProgramRun(ContainerConfiguration configuration, IContainerProgram program)
    {
        (this.configuration, this.program) = (configuration, program);
        ProgramLimits.Check(configuration, program);
        Id = Guid.NewGuid().ToString("N");
        Name = configuration.Name ?? $"{program.Repository}-{Id[..12]}";
        folder = Session.Current.MakeFolder(Id);
        ports = configuration.PortBindings.ToDictionary(bound => ProgramLimits.PortOf(bound.Key), bound => PortOrFree(ProgramLimits.PortOf(bound.Value)));
    }

    public string Id { get; }

    public string Name { get; }

    public async Task StartAsync(CancellationToken cancel)
    {
        await CleanUpAsync().ConfigureAwait(false);
        var session = Session.Current;
        var endpoints = ports.ToDictionary(known => program.Endpoints[known.Key], known => (int)known.Value);
        endpoints.TryAdd(ServerContext.Primary, session.TakePort());
        var context = new ServerContext(folder, IsKept: false, endpoints, session.TakePort, [.. configuration.Command], line => said.Add(line, isError: false));
        plan = await program.PrepareAsync(configuration, context, cancel).ConfigureAwait(false);
        if (plan.Launch.Companion is { } before)
            companion = ChildProcess.Start(before, session.Id, session.Watchdog, said.Add);
        child = ChildProcess.Start(plan.Launch with { Environment = Joined(configuration.Environments, plan.Launch.Environment) }, session.Id, session.Watchdog, said.Add);
        (ended, state) = (child.Ended, TestcontainersStates.Running);
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        if (state == TestcontainersStates.Paused)
            await UnpauseAsync(cancel).ConfigureAwait(false);
        await CleanUpAsync().ConfigureAwait(false);
    }

    public Task PauseAsync(CancellationToken cancel) => SignalAsync(Signal.Stop, TestcontainersStates.Running, TestcontainersStates.Paused);

    public Task UnpauseAsync(CancellationToken cancel) => SignalAsync(Signal.Continue, TestcontainersStates.Paused, TestcontainersStates.Running);

    public Task<ContainerStatus> InspectAsync(CancellationToken cancel) => Task.FromResult(new ContainerStatus
    {
        State = StateNow(),
        ExitCode = ended.IsCompletedSuccessfully ? ended.Result : 0,
        IpAddress = "127.0.0.1",
        Ports = ports,
    });

    public async Task<ExecResult> ExecAsync(IList<string> command, string input, CancellationToken cancel)
    {
        // The shell looks in the path that the command is given, not in ours.
        var known = Joined(configuration.Environments, plan?.Tools ?? throw new InvalidOperationException($"Container '{Name}' does not run."));
        var answer = await ToolRun.RunAsync("/bin/sh", ["-c", """exec "$0" "$@" """, .. command], cancel, known, input).ConfigureAwait(false);
        return new(answer.Output, answer.Errors, answer.ExitCode);
    }

    public Task<(string Stdout, string Stderr)> LogsAsync(DateTime since, DateTime until, bool withTimes, CancellationToken cancel) =>
        Task.FromResult(said.Read(since, until, withTimes));

    public async Task<long> ExitCodeAsync(CancellationToken cancel) => await ended.WaitAsync(cancel).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (child is { } running)
            await running.DisposeAsync().ConfigureAwait(false);
        child = null;
        await CleanUpAsync().ConfigureAwait(false);
        Directory.Delete(folder, recursive: true);
    }

    private static ushort PortOrFree(ushort wanted) => wanted > 0 ? wanted : (ushort)Session.Current.TakePort();

    private static Dictionary<string, string> Joined(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second) =>
        first.Concat(second).GroupBy(known => known.Key).ToDictionary(known => known.Key, known => known.Last().Value);

    private TestcontainersStates StateNow() => child is not null && ended.IsCompleted ? TestcontainersStates.Exited : state;

    private Task SignalAsync(Signal signal, TestcontainersStates from, TestcontainersStates to)
    {
        if (StateNow() != from)
            throw new InvalidOperationException($"Container '{Name}' is {StateNow()}, not {from}.");

        child!.Signal(signal);
        state = to;
        return Task.CompletedTask;
    }

    private async Task CleanUpAsync()
    {
        if (child is not null)
        {
            await child.StopAsync(LongestStop, TimeProvider.System).ConfigureAwait(false);
            state = TestcontainersStates.Exited;
        }

        if (companion is not null)
            await companion.StopAsync(LongestStop, TimeProvider.System).ConfigureAwait(false);
        (child, companion) = (null, null);
    }
}
