[assembly: AssemblyFixture(typeof(Exporter.Clients.Runs.ReadyClients))]

namespace Exporter.Clients.Runs;

/// <summary>Both clients, set up once in a clone as their page says.</summary>
public sealed class ReadyClients : IAsyncLifetime
{
    private readonly Clone clone = Clone.Make();

    public async ValueTask InitializeAsync()
    {
        foreach (var language in (string[])["python", "javascript"])
        {
            var outcome = await clone.RunAsync(Page.Commands($"set up {language}"));
            outcome.ExitCode.ShouldBe(0, outcome.Complaints);
        }
    }

    /// <summary>Starts one on a server.</summary>
    /// <param name="client">Its language: <c>python</c> or <c>javascript</c>.</param>
    /// <param name="server">Its address.</param>
    /// <param name="arguments">Further switches.</param>
    internal ClientRun Start(string client, Uri server, params IEnumerable<string> arguments)
    {
        var (program, script) = client == "python" ? ("/usr/bin/python3", "submit_reports.py") : ("node", "submit-reports.js");
        return ClientRun.Start(Path.Combine(clone.Folder, "docs/clients", client), server, program, [script, .. arguments]);
    }

    /// <summary>Runs one on these lines.</summary>
    internal async Task<Outcome> RunAsync(string client, Uri server, string lines, params IEnumerable<string> arguments)
    {
        using var run = Start(client, server, arguments);
        await run.WriteAsync(lines);
        return await run.EndAsync();
    }

    public ValueTask DisposeAsync()
    {
        clone.Dispose();
        return ValueTask.CompletedTask;
    }
}
