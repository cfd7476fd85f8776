using System.Diagnostics;

namespace Compat.Processes;

/// <summary>A program that does its work and ends.</summary>
internal static class ToolRun
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Its path or name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancel">Kills it, and its children.</param>
    /// <param name="environment">Variables beside the inherited ones.</param>
    /// <param name="input">What it reads.</param>
    public static async Task<ToolAnswer> RunAsync(
        string program, IEnumerable<string> arguments, CancellationToken cancel, IReadOnlyDictionary<string, string>? environment = null, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await WriteAsync(process.StandardInput, input, cancel).ConfigureAwait(false);
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return new(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false));
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task WriteAsync(StreamWriter writer, string input, CancellationToken cancel)
    {
        try
        {
            await writer.WriteAsync(input.AsMemory(), cancel).ConfigureAwait(false);
            writer.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells.
        }
    }
}
