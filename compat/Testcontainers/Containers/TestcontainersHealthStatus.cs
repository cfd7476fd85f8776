namespace DotNet.Testcontainers.Containers;

/// <summary>What an image's own check says.</summary>
[Flags]
public enum TestcontainersHealthStatus
{
    /// <summary>The container was not made yet.</summary>
    Undefined = 1,

    /// <summary>There is no check.</summary>
    None = 2,

    /// <summary>It is too early to tell.</summary>
    Starting = 4,

    /// <summary>All is well.</summary>
    Healthy = 8,

    /// <summary>Something is wrong.</summary>
    Unhealthy = 16,
}
