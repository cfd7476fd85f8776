using System.Globalization;

namespace DotNet.Testcontainers.Containers;

/// <summary>A container ended while it was waited for.</summary>
public sealed class ContainerNotRunningException : Exception
{
    /// <summary>Says how.</summary>
    /// <param name="id">The container's id.</param>
    /// <param name="stdout">What it said.</param>
    /// <param name="stderr">What it said of errors.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="exception">What came of it.</param>
    public ContainerNotRunningException(string id, string stdout, string stderr, long exitCode, Exception? exception)
        : base(string.Create(CultureInfo.InvariantCulture, $"Container '{id}' ended with exit code {exitCode} before it was ready. It said: {stdout}{stderr}"), exception)
    {
    }
}
