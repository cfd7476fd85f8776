namespace Aspire.Hosting.ApplicationModel;

/// <summary>What happens when a resource that is waited for does not start.</summary>
public enum WaitBehavior
{
    /// <summary>The wait goes on.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>The waiting resource does not start either. This is the default.</summary>
    StopOnResourceUnavailable = 1,
}
