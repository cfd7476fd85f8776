using DotNet.Testcontainers.Builders;

namespace Compat.Processes;

/// <summary>How what is shared with other stand-ins says what went wrong.</summary>
internal static class Faults
{
    public static Exception Of(string sentence) => new DockerUnavailableException($"Testcontainers (stand-in): {sentence}");
}
