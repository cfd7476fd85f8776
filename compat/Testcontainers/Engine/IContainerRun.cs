using DotNet.Testcontainers.Containers;

namespace DotNet.Testcontainers.Engine;

/// <summary>What does a container's work: Docker, or a program of this machine.</summary>
internal interface IContainerRun : IAsyncDisposable
{
    string Id { get; }

    string Name { get; }

    Task StartAsync(CancellationToken cancel);

    Task StopAsync(CancellationToken cancel);

    Task PauseAsync(CancellationToken cancel);

    Task UnpauseAsync(CancellationToken cancel);

    Task<ContainerStatus> InspectAsync(CancellationToken cancel);

    Task<ExecResult> ExecAsync(IList<string> command, string input, CancellationToken cancel);

    Task<(string Stdout, string Stderr)> LogsAsync(DateTime since, DateTime until, bool withTimes, CancellationToken cancel);

    /// <summary>Waits for its end.</summary>
    Task<long> ExitCodeAsync(CancellationToken cancel);
}
