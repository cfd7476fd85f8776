namespace Aspire.Hosting;

/// <summary>What the application is built for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run here.</summary>
    Run = 0,

    /// <summary>To be published. The stand-in does not.</summary>
    Publish = 1,
}
