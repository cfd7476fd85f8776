using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;

namespace Exporter.Cli.Reports;

internal static class ExplainCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "Geosubmit v2 JSON with one report; - is standard input." };

    private static readonly Option<int?> Item = new("--item") { Description = "Which report of the file, from 0." };

    private static readonly Option<string> Key = new("--key") { Description = "The API key with which it is sent." };

    static ExplainCommand() => Item.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var item) && item < 0)
            result.AddError($"--item must be 0 or more, found {item}.");
    });

    public static Command Of(Shell shell) => shell.Verb(
        "explain",
        "Shows which exports a report would go to, why, and the object that it would stand in.",
        [File, Item, Key],
        call => RunAsync(call, shell.Clock));

    private static async Task<int> RunAsync(Call call, TimeProvider clock)
    {
        var (report, refusal) = await new ReportFile(call.Value(File), clock).ReadAsync(call.Value(Item), call.Cancel);
        var answer = report is null
            ? new ExplainReportResponse { Refusal = refusal }
            : await call.Admin.ExplainReportAsync(
                new() { Report = report, ApiKey = call.Value(Key) ?? "" }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            Show(call.Screen, answer);
        return Shell.Done;
    }

    private static void Show(Screen screen, ExplainReportResponse answer)
    {
        if (answer.Refusal.Length > 0)
            screen.Say($"Ingest would not keep this report: {answer.Refusal}");
        if (answer.Exports.Count > 0)
            screen.Table(
                ["EXPORT", "MATCHED", "REASON", "LOCATION"],
                answer.Exports.Select(
                    export => (IReadOnlyList<string>)[export.ExportName, Words.Of(export.Matched), export.Reason, export.Location]));
    }
}
