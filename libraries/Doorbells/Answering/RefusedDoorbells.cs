using System.Runtime.Serialization;
using Exporter.Doorbells.Ringing;
using MassTransit;

namespace Exporter.Doorbells.Answering;

/// <summary>Discards messages that are no doorbells, counts them, and says so at most once a minute.</summary>
internal sealed partial class RefusedDoorbells(TimeProvider clock, ILogger<RefusedDoorbells> log) : IFilter<ExceptionReceiveContext>, IFilter<ReceiveContext>
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private long? saidAt;

    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        Refuse(context, context.Exception is SerializationException ? "unreadable" : "failed", context.Exception.Message);
        return Task.CompletedTask;
    }

    public Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        Refuse(context, "unknown", "It is of a type that nobody answers here.");
        return Task.CompletedTask;
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("refused");

    private void Refuse(ReceiveContext context, string errorType, string reason)
    {
        var queue = context.InputAddress.Segments[^1];
        DoorbellMetrics.Refused(queue, errorType);
        lock (gate)
        {
            if (saidAt is { } at && clock.GetElapsedTime(at) < Quiet)
                return;
            saidAt = clock.GetTimestamp();
        }

        Discarded(log, queue, reason);
    }

    [LoggerMessage(EventId = 9203, Level = LogLevel.Warning, EventName = "DoorbellRefused", Message =
        "A message in queue {Queue} was no doorbell and was discarded. {Reason} More of them within a minute are only counted.")]
    private static partial void Discarded(ILogger log, string queue, string reason);
}
