using System.Diagnostics;

namespace Aspire.Hosting.Engine.Programs;

/// <summary>A program that does its work and ends.</summary>
internal static class ToolRun
{
    /// <summary>Its exit code and what it said on both outputs.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return (process.ExitCode, $"{await output.ConfigureAwait(false)}{await errors.ConfigureAwait(false)}".Trim());
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
