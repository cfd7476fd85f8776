using System.Collections.Concurrent;
using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Sending;

namespace Exporter.Delivery;

/// <summary>A destination that answers as the test says, and notes what it was sent.</summary>
internal sealed class ScriptedDestination(ExportKind kind, Func<DeliveryAttempt, CancellationToken, Task<Outcome>> answer) : IBatchSenderFactory, IBatchSender
{
    private int running;

    public ConcurrentQueue<(string Export, Guid Batch, int Attempt, Outcome Outcome)> Answers { get; } = [];

    public int MostAtOnce { get; private set; }

    public ExportKind Kind => kind;

    public IBatchSender Create(ExportDefinition export) => this;

    public async Task<Outcome> SendAsync(DeliveryAttempt attempt, CancellationToken cancel)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref running));
        try
        {
            var outcome = await answer(attempt, cancel);
            Answers.Enqueue((attempt.Export.Name, attempt.Batch.Id, attempt.Claim.Attempt, outcome));
            return outcome;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }
}
