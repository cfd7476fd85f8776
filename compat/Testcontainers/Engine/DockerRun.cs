using System.Globalization;
using Compat.Processes;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Engine;

/// <summary>A container of Docker's, by Docker's client.</summary>
internal sealed class DockerRun : IContainerRun
{
    private DockerRun(string id, string name) => (Id, Name) = (id, name);

    public string Id { get; }

    public string Name { get; }

    public static async Task<DockerRun> CreateAsync(ContainerConfiguration configuration, CancellationToken cancel)
    {
        var session = Session.Current;
        var name = configuration.Name ?? $"testcontainers-{Guid.NewGuid():N}";
        var id = (await AskAsync(DockerArguments.Create(configuration, name, session.Id), cancel, configuration.Environments).ConfigureAwait(false)).Trim();
        session.Watchdog.AddContainer(id);
        return new(id, name);
    }

    public Task StartAsync(CancellationToken cancel) => AskAsync(["start", Id], cancel);

    public Task StopAsync(CancellationToken cancel) => AskAsync(["stop", Id], cancel);

    public Task PauseAsync(CancellationToken cancel) => AskAsync(["pause", Id], cancel);

    public Task UnpauseAsync(CancellationToken cancel) => AskAsync(["unpause", Id], cancel);

    public async Task<ContainerStatus> InspectAsync(CancellationToken cancel) => DockerStatus.Read(await AskAsync(["inspect", Id], cancel).ConfigureAwait(false));

    public async Task<ExecResult> ExecAsync(IList<string> command, string input, CancellationToken cancel)
    {
        var answer = await ToolRun.RunAsync(Docker.Program, ["exec", "--interactive", Id, .. command], cancel, environment: null, input).ConfigureAwait(false);
        return new(answer.Output, answer.Errors, answer.ExitCode);
    }

    public async Task<(string Stdout, string Stderr)> LogsAsync(DateTime since, DateTime until, bool withTimes, CancellationToken cancel)
    {
        List<string> arguments = ["logs"];
        if (withTimes)
            arguments.Add("--timestamps");
        if (since != default)
            arguments.AddRange("--since", Text(since));
        if (until != default)
            arguments.AddRange("--until", Text(until));
        var answer = await ToolRun.RunAsync(Docker.Program, [.. arguments, Id], cancel).ConfigureAwait(false);
        return (answer.Output, answer.Errors);
    }

    public async Task<long> ExitCodeAsync(CancellationToken cancel) => long.Parse(await AskAsync(["wait", Id], cancel).ConfigureAwait(false), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Docker.RemoveAsync(Id).ConfigureAwait(false);
        Session.Current.Watchdog.DropContainer(Id);
    }

    private static string Text(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancel, IReadOnlyDictionary<string, string>? environment = null)
    {
        var answer = await ToolRun.RunAsync(Docker.Program, arguments, cancel, environment).ConfigureAwait(false);
        return answer.ExitCode == 0 ? answer.Output : throw Faults.Of($"'docker {arguments[0]}' ended with exit code {answer.ExitCode}: {answer.Errors.Trim()}");
    }
}
