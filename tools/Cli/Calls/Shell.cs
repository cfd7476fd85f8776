using System.CommandLine;
using Exporter.Cli.Output;
using Grpc.Core;

namespace Exporter.Cli.Calls;

// Makes commands out of work: parses what all have in common, and turns failures into sentences and exit codes.
internal sealed class Shell(TimeProvider clock)
{
    public const int Done = 0;

    public const int Failed = 1;

    private readonly Option<string> _server = new("--server")
    {
        Description = "Address of the admin port (EXPORTER_SERVER).",
        Recursive = true,
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("EXPORTER_SERVER") is { Length: > 0 } server ? server : "http://127.0.0.1:8082",
    };

    private readonly Option<string> _tokenFile = new("--token-file")
    {
        Description = "File with the admin token (EXPORTER_TOKEN_FILE).",
        Recursive = true,
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("EXPORTER_TOKEN_FILE") is { Length: > 0 } file ? file : "./data/admin.token",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Answer in JSON, for machines.", Recursive = true };

    public TimeProvider Clock => clock;

    public void AddOptionsTo(RootCommand root)
    {
        root.Add(_server);
        root.Add(_tokenFile);
        root.Add(_json);
    }

    // A command that asks AdminService.
    public Command Verb(string name, string description, IEnumerable<Symbol> symbols, Func<Call, Task<int>> work) =>
        Local(name, description, symbols, async (parse, screen, cancel) =>
        {
            using var connection = AdminConnection.Open(parse.GetRequiredValue(_server), parse.GetRequiredValue(_tokenFile));
            try
            {
                return await work(new Call(parse, connection.Client, screen, cancel));
            }
            catch (RpcException e) when (!cancel.IsCancellationRequested)
            {
                throw connection.FaultOf(e);
            }
        });

    // A command that needs no AdminService.
    public Command Local(
        string name, string description, IEnumerable<Symbol> symbols, Func<ParseResult, Screen, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Add(argument);
            else
                command.Add((Option)symbol);
        }

        command.SetAction((parse, cancel) => RunAsync(parse, work, cancel));
        return command;
    }

    public static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
            group.Add(command);
        return group;
    }

    private async Task<int> RunAsync(
        ParseResult parse, Func<ParseResult, Screen, CancellationToken, Task<int>> work, CancellationToken cancel)
    {
        var screen = new Screen(Console.Out, Console.Error, parse.GetValue(_json));
        try
        {
            return await work(parse, screen, cancel);
        }
        catch (CommandFault fault)
        {
            foreach (var sentence in fault.Sentences)
                screen.Complain(sentence);
        }
        catch (Exception e) when (cancel.IsCancellationRequested && e is OperationCanceledException or RpcException)
        {
            screen.Complain("Stopped before it was done.");
        }

        return Failed;
    }
}
