using System.Globalization;
using Exporter.Delivery.Exports;
using Exporter.Delivery.Queries;
using Exporter.Reports.V1;
using Google.Protobuf.Collections;
using Wire = Exporter.Admin.V1;

namespace Exporter.Router.Admin;

internal sealed class DeadLetterAdmin(ExportCatalog catalog, IDeadLetterStore letters, ILogger<DeadLetterAdmin> log)
{
    private const int DefaultReports = 10;

    // Answers stay under the 4 MiB that gRPC clients take unless told otherwise.
    private const int MostBytes = 3 * 1024 * 1024;

    public async Task<Wire.ListDeadLettersResponse> ListAsync(Wire.ListDeadLettersRequest request, CancellationToken cancel)
    {
        var size = Page.SizeOf(request.PageSize);
        var before = Page.NumberOf(request.PageToken);
        var snapshot = await catalog.LoadAsync(cancel);
        var found = await letters.ListAsync(ExportCatalog.IdOf(snapshot, request.Export), before, size + 1, cancel);
        var response = new Wire.ListDeadLettersResponse();
        response.DeadLetters.AddRange(found.Take(size).Select(letter => BatchMapping.Show(letter, snapshot)));
        if (found.Count > size)
            response.NextPageToken = Page.TokenOf(found[size - 1].Id);
        return response;
    }

    public async Task<Wire.GetDeadLetterResponse> GetAsync(Wire.GetDeadLetterRequest request, CancellationToken cancel)
    {
        if (request.ReportLimit is < 0 or > Page.MostItems)
            throw Refusal.Invalid(
                "report_limit", $"Must be 0 (the default, {DefaultReports}) to {Page.MostItems}, found {request.ReportLimit}.");

        var letter = await FindAsync(IdOf(request.Id) ?? throw Refusal.Invalid("id", NotAnId), cancel);
        var snapshot = await catalog.LoadAsync(cancel);
        var response = new Wire.GetDeadLetterResponse { DeadLetter = BatchMapping.Show(letter, snapshot) };
        var bytes = 0;
        foreach (var report in await letters.ReadReportsAsync(
            letter, request.ReportLimit == 0 ? DefaultReports : request.ReportLimit, cancel))
        {
            bytes += report.Length;
            if (bytes > MostBytes)
                break;
            response.Reports.Add(Report.Parser.ParseFrom(report.Span));
        }

        return response;
    }

    public async Task<Wire.ReplayDeadLettersResponse> ReplayAsync(Wire.ReplayDeadLettersRequest request, CancellationToken cancel)
    {
        var ids = await FindAllAsync(request.Ids, cancel);
        var reports = await letters.ReplayAsync(ids, cancel);
        AdminLog.Replayed(log, ids.Count, reports);
        return new Wire.ReplayDeadLettersResponse { ReportCount = reports };
    }

    public async Task<Wire.DiscardDeadLettersResponse> DiscardAsync(Wire.DiscardDeadLettersRequest request, CancellationToken cancel)
    {
        var ids = await FindAllAsync(request.Ids, cancel);
        var reports = await letters.DiscardAsync(ids, cancel);
        AdminLog.Discarded(log, ids.Count, reports);
        return new Wire.DiscardDeadLettersResponse { ReportCount = reports };
    }

    private const string NotAnId = "Must be a dead letter's id, a whole number as ListDeadLetters shows it.";

    private async Task<IReadOnlyList<long>> FindAllAsync(RepeatedField<string> asked, CancellationToken cancel)
    {
        if (asked.Count is 0 or > Page.MostItems)
            throw Refusal.Invalid("ids", $"Must be 1 to {Page.MostItems} ids, found {asked.Count}.");

        Refusal.Throw(
            [.. asked.Index().Where(entry => IdOf(entry.Item) is null).Select(entry => new FieldProblem($"ids[{entry.Index}]", NotAnId))]);
        long[] ids = [.. asked.Select(id => IdOf(id)!.Value).Distinct()];
        foreach (var id in ids)
            await FindAsync(id, cancel);
        return ids;
    }

    private async Task<DeadLetter> FindAsync(long id, CancellationToken cancel) =>
        await letters.FindAsync(id, cancel)
            ?? throw Refusal.NotFound($"There is no open dead letter {id}. It may have been replayed or discarded.");

    private static long? IdOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
