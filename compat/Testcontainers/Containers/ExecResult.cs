namespace DotNet.Testcontainers.Containers;

/// <summary>How a command ended.</summary>
/// <param name="stdout">What it said.</param>
/// <param name="stderr">What it said of errors.</param>
/// <param name="exitCode">Its exit code.</param>
public readonly struct ExecResult(string stdout, string stderr, long? exitCode)
{
    /// <summary>What it said.</summary>
    public string Stdout { get; } = stdout;

    /// <summary>What it said of errors.</summary>
    public string Stderr { get; } = stderr;

    /// <summary>Its exit code.</summary>
    public long? ExitCode { get; } = exitCode;
}
