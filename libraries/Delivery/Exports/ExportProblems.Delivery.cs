using Exporter.Delivery.Secrets;

namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private const int MostConcurrency = 64;

    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(30);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private static IEnumerable<FieldProblem> OfDelivery(ExportSettings settings)
    {
        if (settings.Concurrency is < 1 or > MostConcurrency)
            yield return Problem("concurrency", $"Must be 1 to {MostConcurrency} batches at the same time, found {settings.Concurrency}.");

        if (settings.MaxAttempts < 0)
            yield return Problem("max_attempts", $"Must be 0 (never give up) or more, found {settings.MaxAttempts}.");

        if (settings.MaxAge < TimeSpan.Zero)
            yield return Problem("max_age", $"Must be zero (never give up) or longer, found {Words(settings.MaxAge)}.");

        if (settings.FirstBackOff is { } first && (first <= TimeSpan.Zero || first > LongestWait))
            yield return Problem("first_back_off", $"Must be longer than zero and at most a day, found {Words(first)}.");

        if (settings.LongestBackOff is { } longest && (longest <= TimeSpan.Zero || longest > LongestWait))
            yield return Problem("longest_back_off", $"Must be longer than zero and at most a day, found {Words(longest)}.");
        else if (settings.FirstBackOff > settings.LongestBackOff)
            yield return Problem("longest_back_off", $"Must not be shorter than first_back_off, found {Words(settings.LongestBackOff.Value)}.");

        if (settings.AuthoritySecret.Length > 0 && !SecretFolder.IsName(settings.AuthoritySecret))
            yield return Problem("authority_secret", $"Must name a secret, found '{Short(settings.AuthoritySecret)}'. {SecretFolder.NameRule}");

        if (settings.RetainDelivered < TimeSpan.Zero || settings.RetainDelivered > LongestRetention)
            yield return Problem("retain_delivered", $"Must be zero to 30 days, found {Words(settings.RetainDelivered)}.");
    }

    private static IEnumerable<FieldProblem> OfLimit(ExportSettings settings)
    {
        if (!Enum.IsDefined(settings.FullPolicy))
            yield return Problem("full_policy", $"Must be wait, refuse_ingest or discard_oldest, found {(int)settings.FullPolicy}.");

        if (settings.MaxWaitingReports < 0)
            yield return Problem("max_waiting_reports", $"Must be 0 (no limit) or more, found {settings.MaxWaitingReports}.");
        else if (settings.MaxWaitingReports == 0 && settings.FullPolicy is FullPolicy.RefuseIngest or FullPolicy.DiscardOldest)
            yield return Problem(
                "max_waiting_reports", "Must be given with this full_policy, found none: say above how many reports it begins.");
    }
}
