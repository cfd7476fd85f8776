namespace DotNet.Testcontainers.Configurations;

/// <summary>What a container does while it is waited for.</summary>
public enum WaitStrategyMode
{
    /// <summary>It must run.</summary>
    Running,

    /// <summary>It may end.</summary>
    OneShot,
}
