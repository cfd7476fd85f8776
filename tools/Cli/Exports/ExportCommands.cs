using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;

namespace Exporter.Cli.Exports;

internal static class ExportCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The export's name or id." };

    private static readonly Option<long> Discard = new("--discard")
    {
        Description = "The exact number of reports that it still holds, to be discarded with it.",
    };

    public static Command Of(Shell shell) => Shell.Group(
        "exports",
        "Destinations of reports.",
        shell.Verb("list", "Shows the exports.", [], ListAsync),
        shell.Verb("show", "Shows one export.", [Name], ShowAsync),
        new ExportCreation().Command(shell),
        new ExportChange().Command(shell),
        shell.Verb("enable", "Lets an export take new reports and deliver.", [Name], call => SwitchAsync(call, true)),
        shell.Verb("disable", "Keeps an export from taking new reports and from delivering.", [Name], call => SwitchAsync(call, false)),
        shell.Verb("pause", "Lets an export go on collecting and deliver nothing.", [Name], PauseAsync),
        shell.Verb("resume", "Lets a paused export deliver again, what waits longest first.", [Name], ResumeAsync),
        shell.Verb("delete", "Removes an export; refused while it holds reports, unless told how many to discard.", [Name, Discard],
            DeleteAsync),
        shell.Verb("check", "Tries the destination out, step by step.", [Name], CheckAsync),
        shell.Verb("move-waiting", "Gives batches that were never attempted the export's present destination.", [Name], MoveWaitingAsync));

    private static async Task<int> ListAsync(Call call)
    {
        var answer = await call.Admin.ListExportsAsync(new(), cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            ExportView.List(call.Screen, answer.Exports);
        return Shell.Done;
    }

    private static async Task<int> ShowAsync(Call call)
    {
        var export = await call.Admin.GetExportAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(export);
        else
            ExportView.Show(call.Screen, export);
        return Shell.Done;
    }

    private static async Task<int> SwitchAsync(Call call, bool enabled)
    {
        var export = await call.Admin.GetExportAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        export.Enabled = enabled;
        var answer = await call.Admin.UpdateExportAsync(new() { Export = export }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        call.Screen.Say($"Export '{export.Name}' is {(enabled ? "enabled" : "disabled")}.");
        return Shell.Done;
    }

    private static async Task<int> PauseAsync(Call call)
    {
        var export = await call.Admin.PauseExportAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(export);
        call.Screen.Say($"Export '{export.Name}' is paused: it goes on collecting and delivers nothing.");
        return Shell.Done;
    }

    private static async Task<int> ResumeAsync(Call call)
    {
        var export = await call.Admin.ResumeExportAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(export);
        call.Screen.Say($"Export '{export.Name}' is resumed{(export.Enabled ? "" : "; it delivers again when it is enabled")}.");
        return Shell.Done;
    }

    private static async Task<int> DeleteAsync(Call call)
    {
        var answer = await call.Admin.DeleteExportAsync(
            new() { Export = call.Value(Name), DiscardCount = call.Value(Discard) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        call.Screen.Say($"Export '{call.Value(Name)}' was deleted; {Words.Of(answer.DiscardedCount)} report(s) were discarded with it.");
        return Shell.Done;
    }

    private static async Task<int> CheckAsync(Call call)
    {
        var answer = await call.Admin.CheckExportAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            ExportView.Check(call.Screen, answer);
        return answer.Steps.All(step => step.Passed) ? Shell.Done : Shell.Failed;
    }

    private static async Task<int> MoveWaitingAsync(Call call)
    {
        var answer = await call.Admin.MoveWaitingBatchesAsync(new() { Export = call.Value(Name) }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        call.Screen.Say(
            $"{Words.Of(answer.MovedCount)} batch(es) got the present destination; "
                + $"{Words.Of(answer.KeptCount)} were attempted before and keep theirs.");
        return Shell.Done;
    }
}
