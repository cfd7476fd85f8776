using System.CommandLine;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;

namespace Exporter.Cli.Exports;

internal sealed class ExportChange
{
    private readonly Argument<string> _name = new("NAME") { Description = "The export's name or id." };
    private readonly Option<string> _newName = new("--name") { Description = "A new name." };
    private readonly Option<bool> _applySkips = new("--apply-skip-rules-to-waiting")
    {
        Description = "Discard waiting reports that the skip rules match.",
    };
    private readonly ExportOptions _options = new();

    public Command Command(Shell shell) =>
        shell.Verb("update", "Changes an export; what is not given stays.", [_name, _newName, _applySkips, .. _options.All], RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var export = await call.Admin.GetExportAsync(new() { Export = call.Value(_name) }, cancellationToken: call.Cancel);
        export.Name = call.Value(_newName) ?? export.Name;
        _options.SetOn(export.Settings, call);
        var applySkips = call.Value(_applySkips);
        var answer = await call.Admin.UpdateExportAsync(
            new() { Export = export, ApplySkipRulesToWaiting = applySkips }, cancellationToken: call.Cancel);

        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            ExportView.Show(call.Screen, answer.Export);
        if (answer.WaitingMatchedCount > 0)
            call.Screen.Say(SentenceFor(answer.WaitingMatchedCount, applySkips));
        return Shell.Done;
    }

    private static string SentenceFor(long matched, bool applied) => applied
        ? $"{Words.Of(matched)} waiting report(s) that the skip rules match were discarded."
        : $"{Words.Of(matched)} waiting report(s) match the skip rules and will still be delivered. "
            + "Discard them with --apply-skip-rules-to-waiting.";
}
