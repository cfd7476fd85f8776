using Exporter.Delivery.Batches;
using Exporter.Delivery.Queries;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class QueueAdmin(ExportCatalog catalog, IDeliveryQueries queries)
{
    public const string NotAnId = "Must be a batch's id, a UUID such as 3f2c1f6e-6e0a-4e53-9d3c-5a1f4c1b7a10.";

    public async Task<Wire.ListQueuesResponse> ListAsync(Wire.ListQueuesRequest request, CancellationToken cancel)
    {
        var snapshot = await catalog.LoadAsync(cancel);
        var found = await queries.ListQueuesAsync(ExportCatalog.IdOf(snapshot, request.Export), Page.MostItems, cancel);
        var response = new Wire.ListQueuesResponse();
        response.Queues.AddRange(found.Select(view => BatchMapping.Show(view, snapshot)));
        return response;
    }

    public async Task<Wire.ListBatchesResponse> ListBatchesAsync(Wire.ListBatchesRequest request, CancellationToken cancel)
    {
        var size = Page.SizeOf(request.PageSize);
        var before = Page.NumberOf(request.PageToken);
        var state = StateOf(request.State);
        var snapshot = await catalog.LoadAsync(cancel);
        var exportId = ExportCatalog.IdOf(snapshot, request.Export);

        var found = await queries.ListBatchesAsync(exportId, state, before, size + 1, cancel);
        var response = new Wire.ListBatchesResponse();
        response.Batches.AddRange(found.Take(size).Select(view => BatchMapping.Show(view, snapshot)));
        if (found.Count > size)
            response.NextPageToken = Page.TokenOf(found[size - 1].Number);
        return response;
    }

    public async Task<Wire.Batch> GetBatchAsync(Wire.GetBatchRequest request, CancellationToken cancel)
    {
        if (!Guid.TryParse(request.Id, out var id))
            throw Refusal.Invalid("id", NotAnId);

        var view = await queries.FindBatchAsync(id, cancel) ?? throw Gone(id);
        return BatchMapping.Show(view, await catalog.LoadAsync(cancel));
    }

    public static Grpc.Core.RpcException Gone(Guid id) => Refusal.NotFound(
        $"There is no batch {id}. Delivered batches are forgotten when their export's retain_delivered has passed.");

    private static BatchState? StateOf(Wire.BatchState asked)
    {
        if (asked == Wire.BatchState.Unspecified)
            return null;

        return Enum.IsDefined((BatchState)asked)
            ? (BatchState)asked
            : throw Refusal.Invalid("state", $"Must be sealed, sending, delivered, dead or discarded, found {(int)asked}.");
    }
}
