using DotNet.Testcontainers.Configurations;

namespace DotNet.Testcontainers.Builders;

/// <summary>What to wait for after a start.</summary>
public static class Wait
{
    /// <summary>For a container with a Unix.</summary>
    public static IWaitForContainerOS ForUnixContainer() => new WaitForContainerUnix();

    /// <summary>For a container with Windows.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static IWaitForContainerOS ForWindowsContainer() => throw new NotSupportedException("Testcontainers (stand-in): it runs on Linux only.");
}
