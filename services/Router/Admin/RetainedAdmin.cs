using Exporter.Delivery.Batches;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

// Sends delivered batches again, as long as their export retains their reports (rule C5).
internal sealed class RetainedAdmin(
    ExportCatalog catalog, IDeliveryQueries queries, IRetainedBatchStore batches, TimeProvider clock, ILogger<RetainedAdmin> log)
{
    public async Task<Wire.ReplayBatchesResponse> ReplayAsync(Wire.ReplayBatchesRequest request, CancellationToken cancel)
    {
        Refusal.Throw([.. Problems(request)]);
        var filter = request.Id.Length > 0 ? await OneAsync(request.Id, cancel) : await SpanAsync(request, cancel);

        // Bounded by their number as well: the clock that marks deliveries may be behind this one.
        var standing = await batches.CountAsync(filter, cancel);
        if (filter.BatchId is { } id && standing.Items == 0)
            throw Refusal.Precondition(
                $"The reports of batch {id} are not retained. An export keeps those of batches delivered from now on with retain_delivered (--retain 2d).");

        var totals = request.DryRun
            ? standing
            : await Portions.WorkAsync(
                limit => batches.ReplayAsync(filter, limit, cancel), done => AdminLog.BatchesReplayed(log, done.Items, done.Reports), standing.Items);
        return new Wire.ReplayBatchesResponse { BatchCount = totals.Items, ReportCount = totals.Reports };
    }

    private async Task<RetainedFilter> OneAsync(string text, CancellationToken cancel)
    {
        var id = Guid.Parse(text);
        var view = await queries.FindBatchAsync(id, cancel) ?? throw QueueAdmin.Gone(id);
        if (view.State != BatchState.Delivered)
            throw Refusal.Precondition(
                $"Batch {id} is {view.State.ToString().ToLowerInvariant()}, and only delivered batches are sent again. "
                + "Those that wait go by themselves; dead letters have a replay of their own.");

        return new RetainedFilter { BatchId = id };
    }

    private async Task<RetainedFilter> SpanAsync(Wire.ReplayBatchesRequest request, CancellationToken cancel)
    {
        var (now, to) = (clock.GetUtcNow(), WireTime.Read(request.DeliveredTo));
        return new RetainedFilter
        {
            ExportId = (await catalog.GetAsync(request.Export, cancel)).Id,
            From = WireTime.Read(request.DeliveredFrom),
            To = to < now ? to : now,
        };
    }

    private static IEnumerable<FieldProblem> Problems(Wire.ReplayBatchesRequest request)
    {
        if (request.Id.Length == 0)
        {
            if (request.Export.Length == 0)
                yield return new("id", "Must be given, or else an export.");
            foreach (var problem in WireTime.Problems("delivered_from", request.DeliveredFrom, "delivered_to", request.DeliveredTo))
                yield return problem;
            yield break;
        }

        if (!Guid.TryParse(request.Id, out _))
            yield return new("id", QueueAdmin.NotAnId);
        if (request.Export.Length > 0)
            yield return new("export", "Must not be given beside an id.");
        if (request.DeliveredFrom is not null)
            yield return new("delivered_from", "Must not be given beside an id.");
        if (request.DeliveredTo is not null)
            yield return new("delivered_to", "Must not be given beside an id.");
    }
}
