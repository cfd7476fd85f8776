using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Values;

namespace Exporter.Cli.Deliveries;

internal static class BatchCommands
{
    private static readonly Argument<string> Id = new("ID") { Description = "The batch's id." };

    private static readonly Option<string> Export = new("--export") { Description = "Only this export's, by name or id." };

    private static readonly Option<string> State = new Option<string>("--state") { Description = "Only those in this state." }
        .AcceptOnlyFromAmong(ContractWord<BatchState>.All);

    private static readonly Option<int> Limit = CountOption.Of("--limit", "Batches to list at most.", 100);

    public static Command Of(Shell shell) => Shell.Group(
        "batches",
        "Sealed batches and how they fare.",
        shell.Verb("list", "Shows batches, newest first.", [Export, State, Limit], ListAsync),
        shell.Verb("show", "Shows one batch.", [Id], ShowAsync),
        new BatchReplay(shell.Clock).Command(shell));

    private static async Task<int> ListAsync(Call call)
    {
        var state = call.Value(State) is { } word ? ContractWord<BatchState>.Parse(word) : default;
        var all = new ListBatchesResponse();
        await Pages.ReadAsync(call.Value(Limit), async (size, token) =>
        {
            var request = new ListBatchesRequest { Export = call.Value(Export) ?? "", State = state, PageSize = size, PageToken = token };
            var page = await call.Admin.ListBatchesAsync(request, cancellationToken: call.Cancel);
            all.Batches.AddRange(page.Batches);
            return (page.Batches.Count, all.NextPageToken = page.NextPageToken);
        });
        if (call.Screen.IsJson)
            call.Screen.Json(all);
        else
            call.Screen.Table(
                ["ID", "EXPORT", "PARTITION", "STATE", "REPORTS", "ATTEMPTS", "SEALED", "ERROR"],
                all.Batches.Select(batch => (IReadOnlyList<string>)
                [
                    batch.Id, batch.ExportName, batch.Partition, ContractWord<BatchState>.Of(batch.State), Words.Of(batch.ReportCount),
                    Words.Of(batch.AttemptCount), Words.Of(batch.SealedAt), batch.ErrorType,
                ]));
        Pages.TellOfMore(call.Screen, all.NextPageToken);
        return Shell.Done;
    }

    private static async Task<int> ShowAsync(Call call)
    {
        var batch = await call.Admin.GetBatchAsync(new() { Id = call.Value(Id) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(batch);
        else
            Show(call.Screen, batch);
        return Shell.Done;
    }

    private static void Show(Screen screen, Batch batch) => screen.Facts(
        ("Id", batch.Id),
        ("Export", batch.ExportName),
        ("Partition", batch.Partition),
        ("State", ContractWord<BatchState>.Of(batch.State)),
        ("Sealed by", ContractWord<BatchTrigger>.Of(batch.Trigger)),
        ("Reports", Words.Of(batch.ReportCount)),
        ("Settled", batch.SettledReportCount > 0 ? $"{Words.Of(batch.SettledReportCount)} reports, in parts" : ""),
        ("Packed", Words.Bytes(batch.PayloadBytes)),
        ("Observed", $"{Words.Of(batch.FirstObservedAt)} to {Words.Of(batch.LastObservedAt)}"),
        ("Sealed", Words.Of(batch.SealedAt)),
        ("Attempts", Words.Of(batch.AttemptCount)),
        ("Due", batch.DeliveredAt is null ? Words.Of(batch.DueAt) : ""),
        ("Delivered", Words.Of(batch.DeliveredAt)),
        ("Location", batch.Location),
        ("Object", batch.ObjectBytes > 0 ? Words.Bytes(batch.ObjectBytes) : ""),
        ("ETag", batch.ObjectEtag),
        ("SHA-256", batch.ObjectSha256),
        ("Error", batch.ErrorType.Length > 0 ? $"{batch.ErrorType}: {batch.ErrorDetail}" : ""));
}
