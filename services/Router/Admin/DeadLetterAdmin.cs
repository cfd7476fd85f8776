using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Reports.V1;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

// Shows dead letters.
internal sealed class DeadLetterAdmin(ExportCatalog catalog, IDeadLetterStore letters, ILogger<DeadLetterAdmin> log)
{
    private const int DefaultReports = 10;

    // Answers stay under the 4 MiB that gRPC clients take unless told otherwise.
    private const int MostBytes = 3 * 1024 * 1024;

    public async Task<Wire.ListDeadLettersResponse> ListAsync(Wire.ListDeadLettersRequest request, CancellationToken cancel)
    {
        Refusal.Throw([.. Page.Problems(request.PageSize, request.PageToken), .. DeadLetterSelection.Problems(request.Filter)]);
        var size = Page.SizeOf(request.PageSize);
        var snapshot = await catalog.LoadAsync(cancel);
        var filter = DeadLetterSelection.Read(request.Filter, snapshot);
        if (ExportCatalog.IdOf(snapshot, request.Export) is { } exportId)
        {
            if (filter.ExportId is { } other && other != exportId)
                throw Refusal.Invalid("filter.export", "Must be the same as export, or empty.");
            filter = filter with { ExportId = exportId };
        }

        var found = await letters.ListAsync(filter, Page.NumberOf(request.PageToken), size + 1, cancel);
        var response = new Wire.ListDeadLettersResponse();
        response.DeadLetters.AddRange(found.Take(size).Select(letter => BatchMapping.Show(letter, snapshot)));
        if (found.Count > size)
            response.NextPageToken = Page.TokenOf(found[size - 1].Id);
        return response;
    }

    public async Task<Wire.GetDeadLetterResponse> GetAsync(Wire.GetDeadLetterRequest request, CancellationToken cancel)
    {
        Refusal.Throw([.. Problems(request)]);
        var id = DeadLetterSelection.IdOf(request.Id)!.Value;
        var letter = await letters.FindAsync(id, cancel) ?? throw Gone(id);
        var response = new Wire.GetDeadLetterResponse { DeadLetter = BatchMapping.Show(letter, await catalog.LoadAsync(cancel)) };
        var bytes = 0;
        foreach (var packed in await letters.ReadReportsAsync(
            letter, request.ReportLimit == 0 ? DefaultReports : request.ReportLimit, cancel))
        {
            bytes += packed.Length;
            if (bytes > MostBytes)
                break;

            var report = Report.Parser.ParseFrom(packed.Span);
            response.Reports.Add(request.Unredacted ? report : RedactedReport.Of(report));
        }

        if (request.Unredacted)
            AdminLog.ShownUnredacted(log, letter.Id, response.Reports.Count);
        return response;
    }

    public static Grpc.Core.RpcException Gone(long id) =>
        Refusal.NotFound($"There is no open dead letter {id}. It may have been replayed or discarded.");

    private static IEnumerable<FieldProblem> Problems(Wire.GetDeadLetterRequest request)
    {
        if (DeadLetterSelection.IdOf(request.Id) is null)
            yield return new("id", DeadLetterSelection.NotAnId);
        if (request.ReportLimit is < 0 or > Page.MostItems)
            yield return new("report_limit", $"Must be 0 (the default, {DefaultReports}) to {Page.MostItems}, found {request.ReportLimit}.");
    }
}
