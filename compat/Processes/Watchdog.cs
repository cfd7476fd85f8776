using System.Diagnostics;

namespace Compat.Processes;

/// <summary>A small process that ends everything once this one is gone, killed or crashed. It hears by a pipe that closes with us.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly Lock telling = new();
    private readonly Process process;

    /// <param name="run">The run's id, which every process of it inherits.</param>
    /// <param name="folder">A folder that goes with the run.</param>
    public Watchdog(string run, string folder = "")
    {
        using var script = new StreamReader(typeof(Watchdog).Assembly.GetManifestResourceStream("watchdog.sh")!);
        process = Process.Start(new ProcessStartInfo("setsid")
        {
            ArgumentList = { "/bin/sh", "-c", script.ReadToEnd(), "watchdog", run, folder },
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!;
    }

    public void Add(int id, LaunchPlan plan) =>
        Tell($"add {id} {(plan.StopsItsChildren ? "process" : "group")} {(plan.StopSignal == Signal.Interrupt ? "INT" : "TERM")}");

    public void Drop(int id) => Tell($"drop {id}");

    public void AddContainer(string name) => Tell($"container {name}");

    public void DropContainer(string name) => Tell($"uncontainer {name}");

    public void Dispose()
    {
        Tell("bye");
        process.WaitForExit();
        process.Dispose();
    }

    private void Tell(string line)
    {
        lock (telling)
        {
            try
            {
                process.StandardInput.WriteLine(line);
                process.StandardInput.Flush();
            }
            catch (IOException)
            {
                // Somebody ended it. We stop what we started all the same; only our own sudden death has no heir now.
            }
        }
    }
}
