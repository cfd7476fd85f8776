using System.CommandLine;
using Exporter.Admin.V1;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;
using Exporter.Cli.Values;
using Google.Protobuf.WellKnownTypes;

namespace Exporter.Cli.Deliveries;

internal sealed class BatchReplay(TimeProvider clock)
{
    private readonly Argument<string> _id = new("ID") { Description = "The batch's id.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _export = new("--export") { Description = "All of this export's, by name or id." };
    private readonly Option<DateTimeOffset?> _since = MomentOption.Of(
        "--since", "Of --export, only those delivered at this time or later, or in this last time.", clock);
    private readonly Option<DateTimeOffset?> _until = MomentOption.Of(
        "--until", "Of --export, only those delivered before this time, or longer ago.", clock);
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only tell how many it would be." };

    public Command Command(Shell shell) => shell.Verb(
        "replay", "Sends delivered batches again, as long as their export retains their reports.", [_id, _export, _since, _until, _dryRun],
        RunAsync);

    private async Task<int> RunAsync(Call call)
    {
        var (id, export) = (call.Parse.GetValue(_id) ?? "", call.Value(_export) ?? "");
        if (id.Length > 0 == export.Length > 0)
            throw new CommandFault("Name one batch by its id, or an export by --export, with --since and --until as needed.");

        var isDry = call.Value(_dryRun);
        var answer = await call.Admin.ReplayBatchesAsync(
            new()
            {
                Id = id, Export = export, DeliveredFrom = call.Value(_since)?.ToTimestamp(), DeliveredTo = call.Value(_until)?.ToTimestamp(),
                DryRun = isDry,
            },
            cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        call.Screen.Say(
            $"{Words.Of(answer.BatchCount)} delivered batch(es) with {Words.Of(answer.ReportCount)} report(s) {(isDry ? "would be" : "are")} sent again.");
        return Shell.Done;
    }
}
