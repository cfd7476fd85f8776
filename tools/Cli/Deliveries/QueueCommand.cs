using System.CommandLine;
using Exporter.Cli.Calls;
using Exporter.Cli.Output;

namespace Exporter.Cli.Deliveries;

internal static class QueueCommand
{
    private static readonly Option<string> Export = new("--export") { Description = "Only this export's, by name or id." };

    public static Command Of(Shell shell) => shell.Verb("queues", "Shows what waits, unsealed, in each partition.", [Export], RunAsync);

    private static async Task<int> RunAsync(Call call)
    {
        var answer = await call.Admin.ListQueuesAsync(new() { Export = call.Value(Export) ?? "" }, cancellationToken: call.Cancel);
        if (call.Screen.IsJson)
            call.Screen.Json(answer);
        else
            call.Screen.Table(
                ["EXPORT", "PARTITION", "REPORTS", "SIZE", "OLDEST"],
                answer.Queues.Select(queue => (IReadOnlyList<string>)
                    [queue.ExportName, queue.Partition, Words.Of(queue.WaitingReports), Words.Bytes(queue.WaitingBytes),
                        Words.Of(queue.OldestAt)]));
        return Shell.Done;
    }
}
