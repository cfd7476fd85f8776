using Exporter.ServiceDefaults;

namespace Exporter.Standalone;

/// <summary>What the command line asks for; exit codes are 0, 1 failed, 2 usage.</summary>
internal static class StartUp
{
    public static async Task<int> RunAsync(string[] args, Func<Settings, Task> run)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            Console.WriteLine(Settings.Usage);
            return 0;
        }

        if (await Probe.RunAsync(args) is { } found)
            return found;

        var settings = new Settings(args);
        if (settings.Unknown() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is not an option, or lacks its value. --help lists them.");
            return 2;
        }

        return await StartFaults.RunAsync(
            () => run(settings), "Stop what uses it, or choose others with --http-port, --grpc-port and --admin-port.");
    }
}
