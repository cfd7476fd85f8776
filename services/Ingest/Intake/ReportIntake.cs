using Exporter.Delivery.Blocks;
using Exporter.Delivery.Keys;
using Exporter.Ingest.Policy;
using Exporter.Ingest.V1;
using Google.Protobuf;

namespace Exporter.Ingest.Intake;

/// <summary>The one path of both doors, from judged reports to a durable answer.</summary>
internal sealed class ReportIntake(
    GroupCommitter committer,
    ReportPolicy policy,
    IngestMetrics metrics,
    GroupCommitOptions options,
    TimeProvider clock,
    Func<double> chance,
    ILogger<ReportIntake> logger)
{
    private int commitsFail;

    public Parcel Open(Door door) => new(policy, door.Names, clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// Hands a parcel to the group commit before the first await, so that calls made in order are committed in order, and
    /// completes when its reports are on disk. Disposes of the parcel.
    /// </summary>
    public async Task<IntakeResult> SubmitAsync(Door door, Parcel parcel, ApiKey? key, RequestKey? requestKey, CommitLane? lane = null)
    {
        using (parcel)
        {
            var sampledOut = parcel.AcceptedCount > 0 && IsSampledOut(key);
            var answer = parcel.Answer(sampledOut);
            if (requestKey is null && answer.AcceptedCount == 0)
            {
                metrics.Answered(door, parcel, answer);
                return IntakeResult.Of(answer);
            }

            var record = requestKey is null ? null : new IdempotencyRecord(requestKey.Key, requestKey.BodySha256, answer.ToByteArray());
            var result = await CommitAsync(new(key?.Key, sampledOut ? [] : parcel.Groups, record), answer, lane);
            if (result.Refusal is { } refusal)
                metrics.Refused(door, parcel.ReportCount, refusal);
            else if (ReferenceEquals(result.Answer, answer))
                metrics.Answered(door, parcel, answer);
            return result;
        }
    }

    private async Task<IntakeResult> CommitAsync(Submission submission, SubmitReportsResponse answer, CommitLane? lane)
    {
        try
        {
            var receipt = await committer.CommitAsync(submission, lane);
            if (Volatile.Read(ref commitsFail) == 1 && Interlocked.Exchange(ref commitsFail, 0) == 1)
                Log.CommitsSucceed(logger);
            return receipt switch
            {
                CommitReceipt.Repeated repeated => IntakeResult.Of(SubmitReportsResponse.Parser.ParseFrom(repeated.Answer.Span)),
                CommitReceipt.KeyReused => IntakeResult.Of(new Refusal.KeyReused()),
                _ => IntakeResult.Of(answer),
            };
        }
        catch (StoreRefusedException e)
        {
            return IntakeResult.Of(new Refusal.Busy(e.Refusal));
        }
        catch (Exception e)
        {
            if (Interlocked.Exchange(ref commitsFail, 1) == 0)
                Log.CommitFailed(logger, e);
            return IntakeResult.Of(new Refusal.Failed(options.RetryAfter));
        }
    }

    private bool IsSampledOut(ApiKey? key) =>
        key is not null && (key.SubmitSamplePercent <= 0 || key.SubmitSamplePercent / 100.0 < chance());
}
