namespace Compat.Processes;

/// <summary>How a tool ended, and what it said.</summary>
internal readonly record struct ToolAnswer(int ExitCode, string Output, string Errors)
{
    public string Said => $"{Output}{Errors}".Trim();
}
