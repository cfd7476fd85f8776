using System.Diagnostics;
using System.Text;

namespace Exporter.TestKit.Ceph;

/// <summary>Runs programs that are installed on this machine.</summary>
internal static class ServerProgram
{
    /// <summary>The path of a program.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string Find(string name) =>
        Look(name) ?? throw new InvalidOperationException($"The program '{name}' is not installed. Run ./test.sh, which installs it, or install the package that has it.");

    /// <summary>Whether a program is installed.</summary>
    public static bool IsInstalled(string name) => Look(name) is not null;

    private static string? Look(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/bin").Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Starts a server; what it says goes to a file.</summary>
    public static Process Start(string folder, string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find("sh")) { WorkingDirectory = folder, ArgumentList = { "-c", "exec \"$0\" \"$@\" >>\"$OUT\" 2>&1", Find(name) } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["OUT"] = Path.Combine(folder, $"{name}.out");
        return Process.Start(start)!;
    }

    /// <summary>Runs a command to its end and returns what it said.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<string> RunAsync(string folder, TimeSpan atMost, string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) => said.AppendLine(line.Data);
        process.BeginErrorReadLine();
        using var time = new CancellationTokenSource(atMost);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(time.Token);
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{name} {string.Join(' ', arguments)}' failed with {process.ExitCode}: {said}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"'{name} {string.Join(' ', arguments)}' took longer than {atMost}: {said}");
        }
    }

    /// <summary>Ends a server that this process started.</summary>
    public static async Task StopAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
