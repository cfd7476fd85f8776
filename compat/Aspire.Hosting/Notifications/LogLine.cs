namespace Aspire.Hosting.ApplicationModel;

/// <summary>A console line of a resource.</summary>
/// <param name="LineNumber">Counts from 1, also over lines that are forgotten.</param>
/// <param name="Content">The line, secrets masked.</param>
/// <param name="IsErrorMessage">Whether it was written to standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
