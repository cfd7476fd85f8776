using Exporter.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Exporter.Standalone;

/// <summary>Turns what can go wrong before the first report into sentences and exit codes: 0, 1 failed, 2 usage.</summary>
internal static class StartUp
{
    public static async Task<int> RunAsync(string[] args, Func<Settings, Task> run)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            Console.WriteLine(Settings.Usage);
            return 0;
        }

        var settings = new Settings(args);
        if (settings.Unknown() is { } unknown)
        {
            await Console.Error.WriteLineAsync($"'{unknown}' is not an option, or lacks its value. --help lists them.");
            return 2;
        }

        try
        {
            await run(settings);
            return 0;
        }
        catch (OptionsValidationException e)
        {
            foreach (var problem in e.Failures)
                await Console.Error.WriteLineAsync(problem);
            return 2;
        }
        catch (StoreStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Stop what uses it, or choose others with --http-port, --grpc-port and --admin-port.");
            return 1;
        }
    }
}
