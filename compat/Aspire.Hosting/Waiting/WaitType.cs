namespace Aspire.Hosting.ApplicationModel;

/// <summary>How far a resource must be for those that wait for it.</summary>
public enum WaitType
{
    /// <summary>Running and healthy.</summary>
    WaitUntilHealthy = 0,

    /// <summary>Ended.</summary>
    WaitForCompletion = 1,

    /// <summary>Running.</summary>
    WaitUntilStarted = 2,
}
