using Exporter.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Exporter.ServiceDefaults;

/// <summary>Turns what can go wrong before a service works into sentences and exit codes: 0, 1 failed, 2 wrong settings.</summary>
public static class StartFaults
{
    /// <summary>Runs a service to its end.</summary>
    /// <param name="run">Builds and runs it.</param>
    /// <param name="portAdvice">What to do when a port is in use.</param>
    public static async Task<int> RunAsync(Func<Task> run, string portAdvice = "Stop what uses it, or choose others with Exporter__HttpPort, Exporter__GrpcPort and Exporter__AdminPort.")
    {
        try
        {
            await run();
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
            await Console.Error.WriteLineAsync($"{e.Message} {portAdvice}");
            return 1;
        }
    }
}
