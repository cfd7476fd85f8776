using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

// Sends dead letters again, or gives them up.
internal sealed class DeadLetterEnds(ExportCatalog catalog, IDeadLetterStore letters, ILogger<DeadLetterEnds> log)
{
    public async Task<Wire.ReplayDeadLettersResponse> ReplayAsync(Wire.ReplayDeadLettersRequest request, CancellationToken cancel)
    {
        var filter = await FilterAsync(request.Ids, request.Filter, cancel);
        var totals = request.DryRun
            ? await letters.CountAsync(filter, cancel)
            : await EndAsync(filter, letters.ReplayAsync, done => AdminLog.Replayed(log, done.Items, done.Reports), cancel);
        return new Wire.ReplayDeadLettersResponse { DeadLetterCount = totals.Items, ReportCount = totals.Reports };
    }

    public async Task<Wire.DiscardDeadLettersResponse> DiscardAsync(Wire.DiscardDeadLettersRequest request, CancellationToken cancel)
    {
        var filter = await FilterAsync(request.Ids, request.Filter, cancel);
        var totals = request.DryRun
            ? await letters.CountAsync(filter, cancel)
            : await EndAsync(filter, letters.DiscardAsync, done => AdminLog.Discarded(log, done.Items, done.Reports), cancel);
        return new Wire.DiscardDeadLettersResponse { DeadLetterCount = totals.Items, ReportCount = totals.Reports };
    }

    private async Task<ReportTotals> EndAsync(
        DeadLetterFilter filter, Func<DeadLetterFilter, int, CancellationToken, Task<ReportTotals>> end, Action<ReportTotals> tell,
        CancellationToken cancel)
    {
        // What is replayed may fail again meanwhile: that is another dead letter, and is left alone.
        var newest = await letters.ListAsync(filter, null, 1, cancel);
        if (newest.Count == 0)
            return default;

        var bounded = filter with { LastId = newest[0].Id };
        return await Portions.WorkAsync(limit => end(bounded, limit, cancel), tell);
    }

    private async Task<DeadLetterFilter> FilterAsync(IReadOnlyList<string> ids, Wire.DeadLetterFilter? filter, CancellationToken cancel)
    {
        Refusal.Throw([.. ProblemsOfChoice(ids, filter), .. DeadLetterSelection.ProblemsOfIds("ids", ids), .. DeadLetterSelection.Problems(filter)]);
        if (filter is not null)
            return DeadLetterSelection.Read(filter, await catalog.LoadAsync(cancel));

        var chosen = new DeadLetterFilter { Ids = DeadLetterSelection.IdsOf(ids) };
        if ((await letters.CountAsync(chosen, cancel)).Items < chosen.Ids.Count)
            await RefuseMissingAsync(chosen.Ids, cancel);
        return chosen;
    }

    private async Task RefuseMissingAsync(IReadOnlyList<long> ids, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            if (await letters.FindAsync(id, cancel) is null)
                throw DeadLetterAdmin.Gone(id);
        }
    }

    private static IEnumerable<FieldProblem> ProblemsOfChoice(IReadOnlyList<string> ids, Wire.DeadLetterFilter? filter)
    {
        if (ids.Count == 0 && filter is null)
            yield return new("ids", "Must be given, or else a filter; an empty filter means all.");
        if (ids.Count > 0 && filter is not null)
            yield return new("filter", "Must not be given beside ids.");
    }
}
