using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Reports;
using Exporter.Cli.Values;

namespace Exporter.Cli.Deliveries;

internal sealed class DeadLetterCommands
{
    private const int MostReports = 1000;

    private readonly Argument<string> _id = new("ID") { Description = "The dead letter's id." };
    private readonly Option<int> _limit = CountOption.Of("--limit", "Dead letters to list at most.", 100);
    private readonly Option<int> _reports = CountOption.Of("--reports", "Reports to show at most.", 10, MostReports);
    private readonly Option<bool> _unredacted = new("--unredacted")
    {
        Description = "Show positions, addresses, names and cells as they are. The server logs that it was asked for.",
    };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell how many it would be." };
    private readonly DeadLetterChoice _choice;

    private DeadLetterCommands(TimeProvider clock) => _choice = new DeadLetterChoice(clock);

    public static Command Of(Shell shell)
    {
        var commands = new DeadLetterCommands(shell.Clock);
        var group = Shell.Group(
            "deadletters",
            "Reports that could not be delivered.",
            shell.Verb("list", "Shows dead letters, newest first.", [.. commands._choice.Filters, commands._limit], commands.ListAsync),
            shell.Verb("show", "Shows a dead letter and some of its reports, redacted.", [commands._id, commands._reports, commands._unredacted],
                commands.ShowAsync),
            shell.Verb("replay", "Sends dead letters again.", [.. commands._choice.Everything, commands._dryRun], commands.ReplayAsync),
            shell.Verb("discard", "Gives dead letters up for good.", [.. commands._choice.Everything, commands._dryRun], commands.DiscardAsync));
        group.Aliases.Add("dead-letters");
        return group;
    }

    private async Task<int> ListAsync(Call call)
    {
        var all = new ListDeadLettersResponse();
        await Pages.ReadAsync(call.Value(_limit), async (size, token) =>
        {
            var request = new ListDeadLettersRequest { Filter = _choice.FilterOf(call), PageSize = size, PageToken = token };
            var page = await call.Admin.ListDeadLettersAsync(request, cancellationToken: call.Cancel);
            all.DeadLetters.AddRange(page.DeadLetters);
            return (page.DeadLetters.Count, all.NextPageToken = page.NextPageToken);
        });
        if (call.Screen.IsJson)
            call.Screen.Json(all);
        else
            call.Screen.Table(
                ["ID", "EXPORT", "BATCH", "REPORTS", "ATTEMPTS", "FIRST", "LAST", "ERROR"],
                all.DeadLetters.Select(letter => (IReadOnlyList<string>)
                [
                    letter.Id, letter.ExportName, letter.BatchId, Words.Of(letter.ToReport - letter.FromReport), Words.Of(letter.AttemptCount),
                    Words.Of(letter.FirstAttemptAt), Words.Of(letter.CreatedAt), $"{letter.ErrorType}: {letter.ErrorDetail}",
                ]));
        Pages.TellOfMore(call.Screen, all.NextPageToken);
        return Shell.Done;
    }

    private async Task<int> ShowAsync(Call call)
    {
        var isWhole = call.Value(_unredacted);
        var request = new GetDeadLetterRequest { Id = call.Value(_id), ReportLimit = call.Value(_reports), Unredacted = isWhole };
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
            ("Error", $"{letter.ErrorType}: {letter.ErrorDetail}"),
            ("Attempts", $"{Words.Of(letter.AttemptCount)}, from {Words.Of(letter.FirstAttemptAt)} to {Words.Of(letter.CreatedAt)}"),
            ("Sample", $"{answer.Reports.Count} report(s), {(isWhole ? "as they are" : "redacted; --unredacted shows them as they are")}"));
        foreach (var report in answer.Reports)
            call.Screen.Raw(ReportJson.Of(report));
        return Shell.Done;
    }

    private async Task<int> ReplayAsync(Call call)
    {
        var (total, isDry) = (new ReplayDeadLettersResponse(), call.Value(_dryRun));
        foreach (var (ids, filter) in _choice.Of(call))
        {
            var answer = await call.Admin.ReplayDeadLettersAsync(
                new() { Ids = { ids }, Filter = filter, DryRun = isDry }, cancellationToken: call.Cancel);
            (total.DeadLetterCount, total.ReportCount) = (total.DeadLetterCount + answer.DeadLetterCount, total.ReportCount + answer.ReportCount);
        }

        if (call.Screen.IsJson)
            call.Screen.Json(total);
        Tell(call, total.DeadLetterCount, total.ReportCount, isDry ? "would be sent again" : "are sent again");
        return Shell.Done;
    }

    private async Task<int> DiscardAsync(Call call)
    {
        var (total, isDry) = (new DiscardDeadLettersResponse(), call.Value(_dryRun));
        foreach (var (ids, filter) in _choice.Of(call))
        {
            var answer = await call.Admin.DiscardDeadLettersAsync(
                new() { Ids = { ids }, Filter = filter, DryRun = isDry }, cancellationToken: call.Cancel);
            (total.DeadLetterCount, total.ReportCount) = (total.DeadLetterCount + answer.DeadLetterCount, total.ReportCount + answer.ReportCount);
        }

        if (call.Screen.IsJson)
            call.Screen.Json(total);
        Tell(call, total.DeadLetterCount, total.ReportCount, isDry ? "would be discarded" : "were discarded");
        return Shell.Done;
    }

    private static void Tell(Call call, long letters, long reports, string fate) =>
        call.Screen.Say($"{Words.Of(letters)} dead letter(s) with {Words.Of(reports)} report(s) {fate}.");
}
