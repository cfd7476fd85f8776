using System.Net;
using Exporter.Oracle.Fuzz.Drafts;
using Exporter.Oracle.Fuzz.Targets;
using Exporter.RawHttp2;

namespace Exporter.Oracle.Fuzz;

/// <summary>A target with one fault, of which a run must tell.</summary>
internal sealed class BrokenTarget(Func<int, IEnumerable<WireFrame>> answer) : Target
{
    private readonly ScriptedServer server = new(answer);

    public Func<Task> HealthyCall { get; init; } = () => Task.CompletedTask;

    public string? Held { get; init; }

    public int? ExitCode { get; init; }

    public IReadOnlyList<string> Said { get; init; } = [];

    /// <summary>What it ends with when asked to stop; null when it does not end.</summary>
    public int? StopCode { get; init; } = 0;

    public override IPEndPoint Endpoint => server.Endpoint;

    public override IReadOnlyList<TargetMethod> Methods => EchoMethod.All;

    /// <summary>This process stands for the server's.</summary>
    public override ProcessMemory Memory { get; } = new(Environment.ProcessId);

    public override Task<int> Ended => ExitCode is { } code ? Task.FromResult(code) : new TaskCompletionSource<int>().Task;

    public override IEnumerable<HealthyClient> Clients => [new(async cancel =>
    {
        await HealthyCall();
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancel);
    }, TimeProvider.System)];

    protected override IEnumerable<string> Lines => Said;

    public override Task<string?> HeldAsync(CancellationToken cancel) => Task.FromResult(Held);

    public override Task<int> StopAsync(TimeSpan atMost) => StopCode is { } code ? Task.FromResult(code) : throw new TimeoutException();

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
