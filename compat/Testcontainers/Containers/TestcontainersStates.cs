namespace DotNet.Testcontainers.Containers;

/// <summary>What a container does.</summary>
[Flags]
public enum TestcontainersStates
{
    /// <summary>It was not made yet.</summary>
    Undefined = 1,

    /// <summary>It was made and not started.</summary>
    Created = 2,

    /// <summary>It starts again.</summary>
    Restarting = 4,

    /// <summary>It runs.</summary>
    Running = 8,

    /// <summary>It stands still.</summary>
    Paused = 16,

    /// <summary>It ended.</summary>
    Exited = 32,

    /// <summary>It could not be removed.</summary>
    Dead = 64,
}
