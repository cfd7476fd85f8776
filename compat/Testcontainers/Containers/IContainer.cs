using DotNet.Testcontainers.Images;

namespace DotNet.Testcontainers.Containers;

/// <summary>A container: made and started by <see cref="StartAsync"/>, removed when it is disposed of or this process ends, however that happens.</summary>
public interface IContainer : IAsyncDisposable
{
    /// <summary>When it begins to be made.</summary>
    event EventHandler? Creating;

    /// <summary>When it begins to start.</summary>
    event EventHandler? Starting;

    /// <summary>When it begins to stop.</summary>
    event EventHandler? Stopping;

    /// <summary>When it was made.</summary>
    event EventHandler? Created;

    /// <summary>When it is ready.</summary>
    event EventHandler? Started;

    /// <summary>When it stopped.</summary>
    event EventHandler? Stopped;

    /// <summary>When it was made, in UTC.</summary>
    DateTime CreatedTime { get; }

    /// <summary>When it started, in UTC.</summary>
    DateTime StartedTime { get; }

    /// <summary>When it stopped, in UTC.</summary>
    DateTime StoppedTime { get; }

    /// <summary>Its id.</summary>
    string Id { get; }

    /// <summary>Its name, with a slash in front.</summary>
    string Name { get; }

    /// <summary>Its own address.</summary>
    string IpAddress { get; }

    /// <summary>Its network card's address.</summary>
    string MacAddress { get; }

    /// <summary>Where this machine reaches its ports.</summary>
    string Hostname { get; }

    /// <summary>Its image.</summary>
    IImage Image { get; }

    /// <summary>What it did when it was last looked at.</summary>
    TestcontainersStates State { get; }

    /// <summary>What its image's check said when it was last looked at.</summary>
    TestcontainersHealthStatus Health { get; }

    /// <summary>How often that check failed in a row.</summary>
    long HealthCheckFailingStreak { get; }

    /// <summary>The port of this machine that leads to the first of its ports.</summary>
    ushort GetMappedPublicPort();

    /// <summary>The port of this machine that leads to one of its ports.</summary>
    ushort GetMappedPublicPort(int containerPort);

    /// <summary>The port of this machine that leads to one of its ports.</summary>
    ushort GetMappedPublicPort(string containerPort);

    /// <summary>All ports that this machine reaches.</summary>
    IReadOnlyDictionary<ushort, ushort> GetMappedPublicPorts();

    /// <summary>Its exit code, once it ended.</summary>
    Task<long> GetExitCodeAsync(CancellationToken ct = default);

    /// <summary>What it said, by time, beginning and end in UTC.</summary>
    Task<(string Stdout, string Stderr)> GetLogsAsync(DateTime since = default, DateTime until = default, bool timestampsEnabled = true, CancellationToken ct = default);

    /// <summary>Makes it if need be, starts it, and waits until it is ready.</summary>
    Task StartAsync(CancellationToken ct = default);

    /// <summary>Stops it; it can be started again.</summary>
    Task StopAsync(CancellationToken ct = default);

    /// <summary>Lets it stand still.</summary>
    Task PauseAsync(CancellationToken ct = default);

    /// <summary>Lets it go on.</summary>
    Task UnpauseAsync(CancellationToken ct = default);

    /// <summary>Runs a command in it.</summary>
    Task<ExecResult> ExecAsync(IList<string> command, CancellationToken ct = default);
}
