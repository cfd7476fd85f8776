using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Reports;
using Exporter.Cli.Values;

namespace Exporter.Cli.Deliveries;

internal static class DeadLetterCommands
{
    private const int MostIds = 1000;

    private static readonly Argument<string> Id = new("ID") { Description = "The dead letter's id." };

    private static readonly Argument<string[]> Ids = new("ID") { Description = "Dead letters' ids.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> All = new("--all") { Description = "All that stand there now, or all of --export." };

    private static readonly Option<string> Export = new("--export") { Description = "Only this export's, by name or id." };

    private static readonly Option<int> Limit = CountOption.Of("--limit", "Dead letters to list at most.", 100);

    private static readonly Option<int> Reports = CountOption.Of("--reports", "Reports to show at most.", 10, MostIds);

    public static Command Of(Shell shell) => Shell.Group(
        "dead-letters",
        "Reports that could not be delivered.",
        shell.Verb("list", "Shows dead letters, newest first.", [Export, Limit], ListAsync),
        shell.Verb("show", "Shows a dead letter and its reports.", [Id, Reports], ShowAsync),
        shell.Verb("replay", "Sends dead letters again.", [Ids, All, Export], ReplayAsync),
        shell.Verb("discard", "Gives dead letters up for good.", [Ids, All, Export], DiscardAsync));

    private static async Task<int> ListAsync(Call call)
    {
        var all = await ReadAsync(call, call.Value(Limit));
        if (call.Screen.IsJson)
            call.Screen.Json(all);
        else
            call.Screen.Table(
                ["ID", "EXPORT", "BATCH", "REPORTS", "CREATED", "ERROR", "DETAIL"],
                all.DeadLetters.Select(letter => (IReadOnlyList<string>)
                [
                    letter.Id, letter.ExportName, letter.BatchId, Words.Of(letter.ToReport - letter.FromReport), Words.Of(letter.CreatedAt),
                    letter.ErrorType, letter.ErrorDetail,
                ]));
        Pages.TellOfMore(call.Screen, all.NextPageToken);
        return Shell.Done;
    }

    private static async Task<int> ShowAsync(Call call)
    {
        var request = new GetDeadLetterRequest { Id = call.Value(Id), ReportLimit = call.Value(Reports) };
        var answer = await call.Admin.GetDeadLetterAsync(request, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
        {
            call.Screen.Json(answer);
            return Shell.Done;
        }

        var letter = answer.DeadLetter;
        call.Screen.Facts(
            ("Id", letter.Id),
            ("Export", letter.ExportName),
            ("Batch", letter.BatchId),
            ("Reports", $"{Words.Of(letter.ToReport - letter.FromReport)}, from number {letter.FromReport} of the batch on"),
            ("Created", Words.Of(letter.CreatedAt)),
            ("Error", $"{letter.ErrorType}: {letter.ErrorDetail}"));
        foreach (var report in answer.Reports)
            call.Screen.Raw(ReportJson.Of(report));
        return Shell.Done;
    }

    private static async Task<int> ReplayAsync(Call call)
    {
        var total = new ReplayDeadLettersResponse();
        foreach (var ids in await ChosenAsync(call))
            total.ReportCount += (await call.Admin.ReplayDeadLettersAsync(new() { Ids = { ids } }, cancellationToken: call.Cancel))
                .ReportCount;
        if (call.Screen.IsJson)
            call.Screen.Json(total);
        call.Screen.Say($"{Words.Of(total.ReportCount)} report(s) are sent again.");
        return Shell.Done;
    }

    private static async Task<int> DiscardAsync(Call call)
    {
        var total = new DiscardDeadLettersResponse();
        foreach (var ids in await ChosenAsync(call))
            total.ReportCount += (await call.Admin.DiscardDeadLettersAsync(new() { Ids = { ids } }, cancellationToken: call.Cancel))
                .ReportCount;
        if (call.Screen.IsJson)
            call.Screen.Json(total);
        call.Screen.Say($"{Words.Of(total.ReportCount)} report(s) were discarded.");
        return Shell.Done;
    }

    private static async Task<IEnumerable<string[]>> ChosenAsync(Call call)
    {
        var ids = call.Parse.GetValue(Ids) ?? [];
        if (call.Value(All) == ids.Length > 0)
            throw new CommandFault("Name dead letters by their ids, or all of them by --all.");

        return (call.Value(All) ? (await ReadAsync(call, int.MaxValue)).DeadLetters.Select(letter => letter.Id) : ids).Chunk(MostIds);
    }

    private static async Task<ListDeadLettersResponse> ReadAsync(Call call, int limit)
    {
        var all = new ListDeadLettersResponse();
        await Pages.ReadAsync(limit, async (size, token) =>
        {
            var request = new ListDeadLettersRequest { Export = call.Value(Export) ?? "", PageSize = size, PageToken = token };
            var page = await call.Admin.ListDeadLettersAsync(request, cancellationToken: call.Cancel);
            all.DeadLetters.AddRange(page.DeadLetters);
            return (page.DeadLetters.Count, all.NextPageToken = page.NextPageToken);
        });
        return all;
    }
}
