using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Exporter.Grpc;

/// <summary>Listens to gRPC's event counters, as <c>dotnet-counters</c> does.</summary>
internal sealed class Counters : EventListener
{
    private static readonly string[] Names =
        ["total-calls", "current-calls", "calls-failed", "calls-deadline-exceeded", "calls-unimplemented", "messages-sent", "messages-received"];

    private readonly ConcurrentDictionary<(string Source, string Counter), double> _latest = new();
    private Dictionary<(string Source, string Counter), double> _begun = [];

    /// <summary>Waits for the first values, from which on it counts.</summary>
    public async Task BeginAsync()
    {
        await Eventually.AsyncOf(() =>
        {
            _latest.Count.ShouldBe(2 * Names.Length);
            return Task.CompletedTask;
        });
        _begun = new(_latest);
    }

    public Task ShouldBecomeAsync(string source, int total, int current, int failed, int late, int unknown, int sent, int received) =>
        Eventually.AsyncOf(() =>
        {
            Names.Select(name => _latest[(source, name)] - _begun[(source, name)])
                .ShouldBe([total, current, failed, late, unknown, sent, received]);
            return Task.CompletedTask;
        });

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "Grpc.AspNetCore.Server" or "Grpc.Net.Client")
            EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All, new Dictionary<string, string?> { ["EventCounterIntervalSec"] = "0.1" });
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData is { EventName: "EventCounters", Payload: [IDictionary<string, object> values] })
            _latest[(eventData.EventSource.Name, (string)values["Name"])] = (double)values["Mean"];
    }
}
