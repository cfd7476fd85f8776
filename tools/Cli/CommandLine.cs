using System.CommandLine;
using Exporter.Cli.Calls;
using Exporter.Cli.Deliveries;
using Exporter.Cli.Exports;
using Exporter.Cli.Keys;
using Exporter.Cli.Reports;
using Exporter.Cli.Sampling;

namespace Exporter.Cli;

internal static class CommandLine
{
    public const int Usage = 2;

    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var parse = Root(new Shell(TimeProvider.System)).Parse(args, Parser);
        var code = await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return parse.Errors.Count > 0 ? Usage : code;
    }

    private static RootCommand Root(Shell shell)
    {
        var root = new RootCommand("Looks after an Exporter: its API keys, exports, batches and dead letters.")
        {
            KeyCommands.Of(shell),
            ExportCommands.Of(shell),
            QueueCommand.Of(shell),
            BatchCommands.Of(shell),
            DeadLetterCommands.Of(shell),
            StatusCommand.Of(shell),
            ExplainCommand.Of(shell),
            SampleCommand.Of(shell),
        };
        shell.AddOptionsTo(root);
        return root;
    }
}
