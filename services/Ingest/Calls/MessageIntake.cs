using Exporter.Delivery.Blocks;
using Exporter.Ingest.Intake;
using Exporter.Ingest.Wire;

namespace Exporter.Ingest.Calls;

/// <summary>Takes one message: admits, judges, and hands its reports to the group commit before it returns.</summary>
internal sealed class MessageIntake(
    Gate gate, ReportIntake intake, GroupCommitter committer, IngestOptions options, IngestMetrics metrics)
{
    /// <summary>Whether so much waits that nobody should hold several messages in flight.</summary>
    public bool IsCrowded => committer.HeldBytes > committer.CapacityBytes / 2;

    public async ValueTask<TakenMessage> TakeAsync(
        Door door, WireLayout layout, Caller caller, WireMessage message, CommitLane? lane, string? idempotencyKey = null)
    {
        metrics.Received(door, message.Length);
        var admission = await gate.AdmitAsync(door, caller.Key, caller.Address, CancellationToken.None);
        return admission.Refusal is { } refusal
            ? Refused(message, refusal)
            : Take(door, layout, admission, message, lane, idempotencyKey);
    }

    private TakenMessage Take(
        Door door, WireLayout layout, Admission admission, WireMessage message, CommitLane? lane, string? idempotencyKey)
    {
        var parcel = intake.Open(door);
        var refusal = WireRequest.Read(message.Bytes, layout, options.Limits.MaxReports, parcel, out var request);
        var key = string.IsNullOrEmpty(idempotencyKey) ? request.IdempotencyKey : idempotencyKey;
        if (refusal is null && key.Length > IdempotencyRecord.MaxKeyLength)
            refusal = new Refusal.KeyTooLong(key.Length);
        if (refusal is not null)
        {
            parcel.Dispose();
            return Refused(message, refusal);
        }

        var requestKey = key.Length == 0 ? null : new RequestKey(key, WireRequest.Hash(message.Bytes, layout));
        return new(request.SequenceNumber, message.Length, intake.SubmitAsync(door, parcel, admission.Key, requestKey, lane));
    }

    private static TakenMessage Refused(WireMessage message, Refusal refusal) =>
        new(0, message.Length, Task.FromResult(IntakeResult.Of(refusal)), IsRefusedAtOnce: true);
}
