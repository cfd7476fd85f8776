namespace Exporter.Delivery.Exports;

public static partial class ExportProblems
{
    private const int MostReports = 10_000_000;

    private const long LeastBytes = 1024 * 1024;

    private const long MostBytes = 4L * 1024 * 1024 * 1024;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    private static IEnumerable<FieldProblem> OfBatches(ExportSettings settings)
    {
        if (settings.BatchReports is < 0 or > MostReports)
            yield return Problem(
                "batch_reports", $"Must be 0 (seal by age only) to {MostReports:N0} reports, found {settings.BatchReports}.");

        if (settings.MaxDelay <= TimeSpan.Zero || settings.MaxDelay > LongestDelay)
            yield return Problem("max_delay", $"Must be longer than zero and at most 7 days, found {Words(settings.MaxDelay)}.");

        if (settings.MaxBatchBytes is < LeastBytes or > MostBytes)
            yield return Problem(
                "max_batch_bytes", $"Must be {LeastBytes} (1 MiB) to {MostBytes} (4 GiB) bytes, found {settings.MaxBatchBytes}.");
    }

    private static string Words(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds} seconds");
}
