using Exporter.Delivery.Queries;

namespace Exporter.Admin.Tests.Stand;

internal sealed class MemoryRetained : IRetainedBatchStore
{
    public List<(Guid Id, Guid ExportId, DateTimeOffset DeliveredAt, long Reports)> Standing { get; } = [];

    public List<Guid> Replayed { get; } = [];

    public List<int> Portions { get; } = [];

    // A destination that is quick: what is replayed is delivered, and retained, at this time again.
    public DateTimeOffset? DeliveredAgainAt { get; set; }

    public Task<ReportTotals> CountAsync(RetainedFilter filter, CancellationToken cancel) =>
        Task.FromResult(Totals(Standing.Where(batch => Fits(batch, filter))));

    public Task<ReportTotals> ReplayAsync(RetainedFilter filter, int limit, CancellationToken cancel)
    {
        var taken = Standing.Where(batch => Fits(batch, filter)).OrderBy(batch => batch.DeliveredAt).Take(limit).ToList();
        Portions.Add(limit);
        Replayed.AddRange(taken.Select(batch => batch.Id));
        Standing.RemoveAll(taken.Contains);
        if (DeliveredAgainAt is { } at)
            Standing.AddRange(taken.Select(batch => batch with { DeliveredAt = at }));
        return Task.FromResult(Totals(taken));
    }

    private static ReportTotals Totals(IEnumerable<(Guid Id, Guid ExportId, DateTimeOffset DeliveredAt, long Reports)> batches) =>
        batches.Aggregate(default(ReportTotals), (sum, batch) => sum + new ReportTotals(1, batch.Reports));

    private static bool Fits((Guid Id, Guid ExportId, DateTimeOffset DeliveredAt, long Reports) batch, RetainedFilter filter) =>
        (filter.BatchId is null || batch.Id == filter.BatchId)
        && (filter.ExportId is null || batch.ExportId == filter.ExportId)
        && !(batch.DeliveredAt < filter.From)
        && !(batch.DeliveredAt >= filter.To);
}
